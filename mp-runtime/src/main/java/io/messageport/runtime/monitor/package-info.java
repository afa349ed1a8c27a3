/**
 * Who watches whom.
 *
 * <p><b>Rule of this room:</b> a {@link io.messageport.runtime.monitor.Watch} fires at most once and never runs user
 * code on the thread that fires it; it hands over to a mailbox or to the node's callback thread. Knows nothing of ports
 * or links: the same lists serve a local port and a port on a peer.
 */
package io.messageport.runtime.monitor;
