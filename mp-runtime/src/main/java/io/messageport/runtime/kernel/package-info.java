/**
 * The hot path: from {@code send} through the router and a mailbox to a handler.
 *
 * <p><b>Rule of this room:</b> what every message passes through, and nothing else. A port's handlers run on a virtual
 * thread under the port's exclusion; senders touch only the mailbox and the state word. Nothing here opens a socket,
 * knows a peer, or takes a lock on the way of a message.
 */
package io.messageport.runtime.kernel;
