package io.messageport.transport.peer;

import io.messageport.NodeConfig;
import io.messageport.runtime.link.LinkEvents;
import io.messageport.spi.Clock;
import io.messageport.transport.handshake.Peer;
import java.security.SecureRandom;

/**
 * What all parts of one transport share.
 *
 * @param self this node as it presents itself
 * @param config limits and times
 * @param clock the node's time
 * @param events the node
 * @param threads every thread of the transport
 * @param scratch buffers to encode into
 * @param chunks buffers that large messages are sent from
 * @param random for nonces and link numbers
 */
record Host(
        Peer self,
        NodeConfig config,
        Clock clock,
        LinkEvents events,
        Threads threads,
        Scratch scratch,
        Chunks chunks,
        SecureRandom random) {}
