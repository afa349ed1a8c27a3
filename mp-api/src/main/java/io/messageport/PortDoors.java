package io.messageport;

import io.messageport.spi.Access;
import io.messageport.spi.PortCore;

/** The engine's way to what a {@link Port} shows to its subclasses only. */
final class PortDoors implements Access.Ports {
    @Override
    public Port create(PortCore core) {
        return new Port(core);
    }

    @Override
    public void start(Port port) throws Exception {
        port.start();
    }

    @Override
    public void run(Port port) throws Exception {
        port.run();
    }

    @Override
    public void stopped(Port port, Reason reason) throws Exception {
        port.stopped(reason);
    }

    @Override
    public PortCore core(Port port) {
        return port.core();
    }
}
