package io.messageport.runtime.kernel;

import io.messageport.Call;
import io.messageport.CallGroup;
import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.PortId;
import io.messageport.SupervisorSpec;
import io.messageport.runtime.monitor.Watch;
import io.messageport.spi.Supervision;
import java.util.Collection;

/** What a port asks of the rooms around the kernel; the node implements it. Any thread. */
public interface Verbs {
    /** The node itself. */
    Node node();

    /** Whether the node is being closed, so that deaths are no news. */
    boolean isClosing();

    /** Registers a watch where its target lives, or fires it when there is nothing to watch ({@code MON-3}). */
    void watch(Watch watch);

    /** Asks a port, on behalf of {@code owner} or of the node when null; a negative timeout is the configured one. */
    Call call(PortCell owner, long timeoutNanos, PortId target, Object[] message);

    /** Asks several ports, as {@link #call}; {@code needed} replies are enough, or all that can come. */
    CallGroup callGroup(PortCell owner, int needed, long timeoutNanos, Collection<PortId> targets, Object[] message);

    /** Creates a port by name ({@code SPN-1}). */
    PortId spawn(NodeId node, String init, Object... args);

    /** Makes a port a supervisor. */
    Supervision supervise(PortCell cell, SupervisorSpec spec);
}
