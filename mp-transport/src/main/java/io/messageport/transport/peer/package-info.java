/**
 * Sockets and threads: who is connected, what waits to be sent, who is still alive.
 *
 * <p><b>Rule of this room:</b> the only one that blocks. Per connected peer there is one reader and one writer, both
 * virtual threads; the reader is the thread that carried out the handshake. Per dial there is one thread and one per
 * trial; per bound address one that accepts. Decisions are pure functions ({@link
 * io.messageport.transport.peer.LinkState}, {@link io.messageport.transport.peer.TrialSchedule}) with their effects
 * outside.
 *
 * <p>Locks, in the only order they nest: a link's delivery lock, then the table's, then an outbox's. None is held while a
 * socket is written to, except the delivery lock for the line that accepts a connection.
 */
package io.messageport.transport.peer;
