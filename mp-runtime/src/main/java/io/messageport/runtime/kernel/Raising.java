package io.messageport.runtime.kernel;

import io.messageport.ChildSpec;

/**
 * How a supervisor opens one of its children.
 *
 * @param shutdown how the child is ended with the supervisor
 * @param keeps whether its mailbox waits for its next life
 * @param begun run in the child when its {@code start()} is over
 */
public record Raising(ChildSpec.Shutdown shutdown, boolean keeps, Runnable begun) {}
