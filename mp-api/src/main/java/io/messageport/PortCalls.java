package io.messageport;

import io.messageport.spi.Nanos;
import io.messageport.spi.PortCore;
import java.time.Duration;
import java.util.Collection;

/** The verbs of a {@link Port} that ask: one port, or several at once. */
abstract class PortCalls {
    abstract PortCore core();

    /** Asks a port, with {@link NodeConfig#callTimeout} ({@code CAL-1}). */
    public final Call call(PortId target, Object... message) {
        return core().call(PortCore.FOREVER, target, message);
    }

    /**
     * Asks a port ({@code CAL-1}).
     *
     * @param timeout longer than nothing, less than 292 years
     */
    public final Call call(Duration timeout, PortId target, Object... message) {
        return core().call(Nanos.positive(timeout, "a call's timeout"), target, message);
    }

    /** Asks all these ports and waits for each, with {@link NodeConfig#callTimeout}; see {@link Node#callAll}. */
    public final CallGroup callAll(Collection<PortId> targets, Object... message) {
        return core().callGroup(PortCore.ALL, PortCore.FOREVER, targets, message);
    }

    /** Asks all these ports and waits for each; see {@link Node#callAll}. */
    public final CallGroup callAll(Duration timeout, Collection<PortId> targets, Object... message) {
        return core().callGroup(PortCore.ALL, Nanos.positive(timeout, "a call's timeout"), targets, message);
    }

    /** Asks all these ports for one reply, with {@link NodeConfig#callTimeout}; see {@link Node#callAny}. */
    public final CallGroup callAny(Collection<PortId> targets, Object... message) {
        return core().callGroup(1, PortCore.FOREVER, targets, message);
    }

    /** Asks all these ports for one reply; see {@link Node#callAny}. */
    public final CallGroup callAny(Duration timeout, Collection<PortId> targets, Object... message) {
        return core().callGroup(1, Nanos.positive(timeout, "a call's timeout"), targets, message);
    }

    /** Asks all these ports for {@code n} replies, with {@link NodeConfig#callTimeout}; see {@link Node#callQuorum}. */
    public final CallGroup callQuorum(int n, Collection<PortId> targets, Object... message) {
        return core().callGroup(PortCore.quorum(n), PortCore.FOREVER, targets, message);
    }

    /** Asks all these ports for {@code n} replies; see {@link Node#callQuorum}. */
    public final CallGroup callQuorum(int n, Duration timeout, Collection<PortId> targets, Object... message) {
        return core()
                .callGroup(PortCore.quorum(n), Nanos.positive(timeout, "a call's timeout"), targets, message);
    }
}
