package io.messageport;

/** What a trace tells; see {@link Node#trace(PortId, int, java.util.function.Consumer)}. */
public sealed interface TraceEvent {
    /**
     * A port is about to handle a message.
     *
     * @param port the port
     * @param message the whole message, with its tag
     */
    record Handling(PortId port, Message message) implements TraceEvent {}

    /**
     * Messages that were handled, but not told one by one.
     *
     * @param count how many since the last time, 1 or more
     */
    record Suppressed(long count) implements TraceEvent {}
}
