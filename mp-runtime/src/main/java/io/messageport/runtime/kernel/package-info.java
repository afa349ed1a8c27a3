/**
 * The hot path: from {@code send} through the router and a mailbox to a handler; and what one port is, from its birth
 * to its end.
 *
 * <p><b>Rule of this room:</b> what a single port needs, and nothing else. A port's handlers run on a virtual thread
 * under the port's exclusion; senders touch only the mailbox. Nothing here opens a socket or knows a peer, and no lock
 * is taken on the way of a message but where a bound has been reached or the oldest message may be dropped.
 */
package io.messageport.runtime.kernel;
