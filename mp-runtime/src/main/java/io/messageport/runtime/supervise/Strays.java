package io.messageport.runtime.supervise;

import io.messageport.Guard;
import io.messageport.NodeId;
import io.messageport.NodeListener;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.kernel.PortCell;
import io.messageport.runtime.monitor.Watch;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The children of a supervisor on other nodes, and what is left of former ones: those whose node was lost, so that another
 * has taken their place, and those whose supervisor has died. A stray may live on; it is killed whenever its node comes
 * up, until that node has said that it is gone. Any thread.
 *
 * <p>Strays are looked after when their supervisor is dead too, as long as its node lives.
 */
final class Strays implements Guard, NodeListener {
    private static final Reason LEFT = Reason.of("shutdown", "its supervisor has gone on without it");

    private final PortCell supervisor;
    private final Kernel kernel;
    private final ReentrantLock lock = new ReentrantLock();

    /** All four guarded by the lock. */
    private final Set<PortId> children = new LinkedHashSet<>();

    private final Set<PortId> strays = new LinkedHashSet<>();
    private boolean orphaned;

    /** Null while nobody need know of nodes. */
    private Guard listening;

    Strays(PortCell supervisor) {
        this.supervisor = supervisor;
        this.kernel = supervisor.kernel();
    }

    /** A child has been spawned. */
    void follow(PortId child) {
        boolean isFirst;
        lock.lock();
        try {
            isFirst = listening == null;
            if (isFirst) {
                listening = kernel.verbs().node().monitorNodes(this);
            }
            children.add(child);
        } finally {
            lock.unlock();
        }
        if (isFirst) {
            supervisor.attachments().add(this);
        } else if (!supervisor.isAlive()) {
            close();
        }
    }

    /** The monitor of a child has fired. */
    void ended(PortId child, Reason reason) {
        lock.lock();
        try {
            if (children.remove(child) && reason instanceof Reason.TransportError) {
                strays.add(child);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The supervisor dies: what are its children are strays. */
    @Override
    public boolean cancel() {
        List<PortId> left;
        lock.lock();
        try {
            orphaned = true;
            left = List.copyOf(children);
            strays.addAll(children);
            children.clear();
        } finally {
            lock.unlock();
        }
        left.forEach(this::chase);
        restWhenDone();
        return true;
    }

    @Override
    public void nodeUp(NodeId node) {
        List<PortId> back;
        lock.lock();
        try {
            back = strays.stream().filter(stray -> stray.node().equals(node)).toList();
        } finally {
            lock.unlock();
        }
        back.forEach(this::chase);
    }

    @Override
    public void nodeDown(NodeId node, Reason reason) {}

    /** The way to another node may have to be found again, and whoever calls must not wait for that. */
    private void chase(PortId stray) {
        kernel.callbacks().errand("mp-kill", () -> {
            kernel.router().kill(stray, LEFT);
            kernel.verbs().watch(new End(stray));
        });
    }

    /** Its end, or one more loss of its node. */
    private final class End extends Watch {
        End(PortId stray) {
            super(stray);
        }

        @Override
        protected void fire(Reason reason) {
            if (!(reason instanceof Reason.TransportError)) {
                gone(target());
            }
        }
    }

    private void gone(PortId stray) {
        lock.lock();
        try {
            strays.remove(stray);
        } finally {
            lock.unlock();
        }
        restWhenDone();
    }

    private void restWhenDone() {
        Guard last = null;
        lock.lock();
        try {
            if (orphaned && strays.isEmpty()) {
                last = listening;
                listening = null;
            }
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.close();
        }
    }
}
