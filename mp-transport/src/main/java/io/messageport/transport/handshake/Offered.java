package io.messageport.transport.handshake;

import java.util.OptionalLong;

/**
 * What one side says of its link to the side that decides.
 *
 * @param id its number for the link
 * @param resume the decider's number for the same link, when it has been up before and may go on ({@code CON-5})
 * @param broken whether it has no socket that works; then the decider's does not work either
 */
public record Offered(long id, OptionalLong resume, boolean broken) {
    /** A link that has not been up. */
    public Offered(long id) {
        this(id, OptionalLong.empty(), false);
    }

    /** Whether it is the other end of the link that the decider calls by this number. */
    public boolean resumes(long deciders) {
        return resume.isPresent() && resume.getAsLong() == deciders;
    }
}
