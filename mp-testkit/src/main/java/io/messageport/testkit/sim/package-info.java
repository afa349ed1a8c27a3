/**
 * A whole multi-node test on one thread at a time, in an order that a seed chooses: real nodes, but time is a number, and
 * whatever would run at once runs one step after the other.
 *
 * <p><b>Rule of this room:</b> exactly one thread goes on at any moment, the one that holds the baton, so nothing here is
 * locked. Nothing decides by real time, by the hash of an identity or by a source of chance other than the seed's: the
 * same seed gives the same steps, in this JVM and in any other. What cannot be repeated is refused with an exception.
 */
package io.messageport.testkit.sim;
