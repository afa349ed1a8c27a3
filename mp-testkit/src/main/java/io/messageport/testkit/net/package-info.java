/**
 * A network in memory between the nodes of one test: the same transport contract as over sockets, the same bytes, and a
 * wire that can be made as bad as a test likes.
 *
 * <p><b>Rule of this room:</b> time and threads come from a {@link io.messageport.testkit.net.Courier} and the node's
 * {@link io.messageport.spi.Clock}, randomness from a seed; nothing here starts a thread or reads the machine's time but
 * {@link io.messageport.testkit.net.RealTimeCourier}. All that concerns one peer of one node happens in one lane, in
 * order; that is what keeps {@code up}, {@code received} and {@code lost} apart, and a link silent until the loss of the
 * one before it has been told ({@code SND-5b}).
 *
 * <p>Locks, in the only order they nest: a link's, then a way's, then those of its fault line and of a lane. None is held
 * while a node is called.
 */
package io.messageport.testkit.net;
