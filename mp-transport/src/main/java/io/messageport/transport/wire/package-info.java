/**
 * Bytes to frames and back: MessagePack values behind a length prefix.
 *
 * <p><b>Rule of this room:</b> pure. No sockets, no threads, no time, no logging; every class is used by one thread at a
 * time. What comes from the network is checked before anything is allocated for it, and the only exception that bytes can
 * cause is {@link io.messageport.transport.wire.WireException}. What comes from a sender is checked before it is sent:
 * {@code IllegalArgumentException} names the place in the message ({@code SND-1}).
 *
 * <p>The protocol in prose, with a byte dump, is in {@code docs/protocol.md}; golden vectors are among the tests.
 */
package io.messageport.transport.wire;
