/**
 * Sockets and threads: who is connected, what waits to be sent, who is still alive.
 *
 * <p><b>Rule of this room:</b> the only one that blocks. Per connected peer there is one reader, of the kind that the node
 * is configured for, and one writer, a virtual thread; a handler whose message is all that is under way to the peer,
 * or a large one, writes in its place, and so does the reader when it has to answer. Per dial there is one thread and one
 * per trial; per bound address one that accepts. What serves a link does so as {@link
 * io.messageport.transport.peer.LinkWork}, so that a fault of ours ends that link and nothing else.
 *
 * <p>Decisions are pure functions ({@link
 * io.messageport.transport.peer.LinkState}, {@link io.messageport.transport.peer.TrialSchedule}) with their effects
 * outside.
 *
 * <p>Locks, in the only order they nest: a link's delivery lock, then the table's, then an outbox's. None is held while a
 * socket is written to, except the delivery lock for what cannot wait: the line that accepts a connection, and the
 * reader's answers.
 */
package io.messageport.transport.peer;
