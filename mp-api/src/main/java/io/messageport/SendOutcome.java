package io.messageport;

/** What became of a {@link Node#trySend} ({@code BND-1}). */
public sealed interface SendOutcome {
    /** The message is on its way: in the mailbox, or in the stream to its node. */
    record Accepted() implements SendOutcome {}

    /** There is no room; nothing was sent. */
    record Full() implements SendOutcome {}

    /** No port of this node has the ID, or it has died; nothing was sent. Of another node's ports this is not known. */
    record Dead() implements SendOutcome {}
}
