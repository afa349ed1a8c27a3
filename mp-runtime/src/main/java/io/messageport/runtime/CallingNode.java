package io.messageport.runtime;

import io.messageport.Call;
import io.messageport.CallGroup;
import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.PortId;
import io.messageport.runtime.call.PendingCall;
import io.messageport.runtime.call.PendingGroup;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.kernel.PortCell;
import io.messageport.runtime.kernel.Verbs;
import io.messageport.spi.Nanos;
import io.messageport.spi.PortCore;
import java.time.Duration;
import java.util.Collection;

/** The verbs of a node that ask: one port, or several at once. */
abstract class CallingNode implements Node, Verbs {
    private static final String TIMEOUT = "a call's timeout";

    private final NodeConfig config;

    CallingNode(NodeConfig config) {
        this.config = config;
    }

    /** The kernel of an open node; throws when it is closed. */
    abstract Kernel kernel();

    private long timeout(long nanos) {
        return nanos == PortCore.FOREVER ? config.callTimeout().toNanos() : nanos;
    }

    @Override
    public final Call call(PortCell owner, long timeoutNanos, PortId target, Object[] message) {
        return PendingCall.open(kernel(), owner, timeout(timeoutNanos), target, message);
    }

    @Override
    public final CallGroup callGroup(
            PortCell owner, int needed, long timeoutNanos, Collection<PortId> targets, Object[] message) {
        return PendingGroup.open(kernel(), owner, needed, timeout(timeoutNanos), targets, message);
    }

    @Override
    public final Call call(PortId target, Object... message) {
        return call(null, PortCore.FOREVER, target, message);
    }

    @Override
    public final Call call(Duration timeout, PortId target, Object... message) {
        return call(null, Nanos.positive(timeout, TIMEOUT), target, message);
    }

    @Override
    public final CallGroup callAll(Collection<PortId> targets, Object... message) {
        return callGroup(null, PortCore.ALL, PortCore.FOREVER, targets, message);
    }

    @Override
    public final CallGroup callAll(Duration timeout, Collection<PortId> targets, Object... message) {
        return callGroup(null, PortCore.ALL, Nanos.positive(timeout, TIMEOUT), targets, message);
    }

    @Override
    public final CallGroup callAny(Collection<PortId> targets, Object... message) {
        return callGroup(null, 1, PortCore.FOREVER, targets, message);
    }

    @Override
    public final CallGroup callAny(Duration timeout, Collection<PortId> targets, Object... message) {
        return callGroup(null, 1, Nanos.positive(timeout, TIMEOUT), targets, message);
    }

    @Override
    public final CallGroup callQuorum(int n, Collection<PortId> targets, Object... message) {
        return callGroup(null, PortCore.quorum(n), PortCore.FOREVER, targets, message);
    }

    @Override
    public final CallGroup callQuorum(int n, Duration timeout, Collection<PortId> targets, Object... message) {
        return callGroup(null, PortCore.quorum(n), Nanos.positive(timeout, TIMEOUT), targets, message);
    }
}
