package io.messageport;

/** A pending {@code after} or {@code every} ({@code AFT-1}); made in a port, it ends with the port. */
public interface Timer extends Guard {}
