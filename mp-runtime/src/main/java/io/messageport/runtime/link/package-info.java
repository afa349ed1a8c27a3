/**
 * The seam between the cluster logic and whatever carries bytes: sockets in production, memory in tests.
 *
 * <p><b>Rule of this room:</b> interfaces and values only. A transport implements {@link
 * io.messageport.runtime.link.Transport} and {@link io.messageport.runtime.link.Link}; the runtime implements {@link
 * io.messageport.runtime.link.LinkEvents} and {@link io.messageport.runtime.link.LinkHandler}. A link carries ordinary
 * messages addressed to ports by name; the empty name is the peer's node port. What a message means is none of the
 * transport's business.
 */
package io.messageport.runtime.link;
