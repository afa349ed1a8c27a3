package io.messageport;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * One question to several ports, with one deadline for all: ends exactly once, when enough of them have replied, when
 * enough no longer can, at the deadline, or when it is cancelled ({@code CAL-2}).
 *
 * <p>Whatever is still open then is cancelled with it: no port, timer or monitor of the group stays behind. A port that
 * was asked handles the question all the same; its reply counts as late. All methods are safe from any thread.
 */
public interface CallGroup extends Guard {
    /** The ports that were asked, in the order given; unmodifiable. */
    List<PortId> targets();

    /**
     * Blocks until the group has ended.
     *
     * @return the replies by port, in the order of {@link #targets()}; at least as many as were needed
     * @throws CallGroupException when they were too few; the text tells what became of each port
     * @throws InterruptedException when the calling thread is interrupted, as it is when its port is killed
     * @throws IllegalStateException when one of the ports asked is the very port that would wait here
     */
    Map<PortId, Message> await() throws InterruptedException;

    /** How the group ends; stages attached here run on a thread of their own. */
    CompletionStage<CallGroupOutcome> outcome();

    /**
     * Runs {@code then} with the outcome in the context of the port that asked, after its present handler; for a group
     * asked by the node, on a thread of its own. Not run if that port has died by then.
     *
     * @return this
     */
    CallGroup then(Consumer<CallGroupOutcome> then);

    /**
     * Ends the group, with {@link CallOutcome.Cancelled} for each port that has not replied.
     *
     * @return true when this very call ended it
     */
    @Override
    boolean cancel();
}
