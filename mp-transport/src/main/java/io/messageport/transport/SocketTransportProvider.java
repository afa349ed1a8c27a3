package io.messageport.transport;

import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.runtime.link.LinkEvents;
import io.messageport.runtime.link.Transport;
import io.messageport.runtime.link.TransportProvider;
import io.messageport.spi.Clock;
import io.messageport.transport.peer.SocketTransport;

/** Makes transports over TCP sockets; the service a node finds when this module is on its path. */
public final class SocketTransportProvider implements TransportProvider {
    /** For the service loader. */
    public SocketTransportProvider() {}

    @Override
    public Transport open(NodeId self, long incarnation, NodeConfig config, Clock clock, LinkEvents events) {
        return new SocketTransport(self, incarnation, config, clock, events);
    }
}
