package io.messageport;

/** What happens to a message that finds the mailbox full ({@code BND-1}). */
public enum Overflow {
    /**
     * The port dies at once with {@link Reason.MailboxOverflow}, whatever its handler is doing, so everyone who monitors
     * it is told and nothing is missing silently ({@code SND-5}).
     */
    KILL,

    /**
     * The sender parks until there is room or the port is dead. A message that may not wait, because it came from another
     * node, is the engine's own or would wait for its own sender, acts as with {@link #KILL}. Parking ignores interrupts,
     * which stay set.
     */
    BLOCK,

    /**
     * The message is dropped, as a dead letter. Voids the guarantee {@code SND-5} for this port: messages go missing and
     * no monitor tells.
     */
    DROP_NEWEST,

    /**
     * The message that has waited longest is dropped, as a dead letter, to make room. Voids the guarantee {@code SND-5}
     * for this port: messages go missing and no monitor tells.
     */
    DROP_OLDEST
}
