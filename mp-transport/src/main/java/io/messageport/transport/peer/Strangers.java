package io.messageport.transport.peer;

import io.messageport.runtime.observe.RareLine;
import io.messageport.spi.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is logged about sockets that came to nothing. */
final class Strangers {
    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);

    private final RareLine refused;
    private final RareLine unreachable;

    Strangers(Clock clock) {
        refused = new RareLine(LOG, clock);
        unreachable = new RareLine(LOG, clock);
    }

    /** A connection from this address is refused. */
    void refused(String address, String why) {
        refused.warn("refused a connection from {}: {}", address, why);
    }

    /** A connection to this address is of no use. */
    void unreachable(String address, String why) {
        unreachable.warn("cannot use the connection to {}: {}", address, why);
    }
}
