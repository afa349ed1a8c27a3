package io.messageport;

/**
 * A mailbox has filled up to its high-water mark ({@code BND-1}); told to the listeners of {@link Node#highWater}.
 *
 * @param port the port it belongs to
 * @param depth messages that wait
 * @param capacity messages that may wait
 */
public record HighWater(PortId port, long depth, long capacity) {}
