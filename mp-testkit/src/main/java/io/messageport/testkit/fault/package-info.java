/**
 * What goes wrong between nodes, on purpose: faults as values, and the places where they are applied to real sockets.
 *
 * <p><b>Rule of this room:</b> a {@link io.messageport.testkit.fault.Fault} says what is wrong, a {@link
 * io.messageport.testkit.fault.FaultLine} decides with a seeded generator what that means for each piece, and neither
 * knows what carries the pieces. Only {@link io.messageport.testkit.fault.FaultProxy} and what it is made of block, on
 * virtual threads of their own; all of them end with the proxy.
 */
package io.messageport.testkit.fault;
