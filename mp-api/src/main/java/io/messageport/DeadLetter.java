package io.messageport;

/**
 * A message that nobody handled, and why ({@code SND-2}); told to the listeners of {@link Node#deadLetters}.
 *
 * @param target the port it was sent to
 * @param message the whole of it
 * @param cause why nobody handled it
 * @param untold how many dead letters before this one the listener was too slow to be told of, since the last it was told
 */
public record DeadLetter(PortId target, Message message, Cause cause, long untold) {
    /** Why a message was not handled. */
    public enum Cause {
        /** No port lives under the name; perhaps it has died. */
        NO_SUCH_PORT,

        /** The port died while the message waited, in the mailbox or in a stash. */
        PORT_DIED,

        /** A reply to a call that was over: answered, timed out or cancelled ({@code CAL-2}). */
        LATE_REPLY,

        /** Another node's port, and this node has no network or no longer any link. */
        NO_LINK,

        /** The node's own port, which takes no messages of users. */
        NODE_PORT,

        /** The mailbox was full, and its policy drops what does not fit ({@code BND-1}). */
        MAILBOX_FULL
    }
}
