package io.messageport.runtime.network;

import io.messageport.Reason;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.monitor.Watch;
import io.messageport.runtime.monitor.Watchers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Our watches on the ports of one peer, for one link ({@code MON-6}). The first on a port sends {@code mon1}, the last
 * cancel {@code mon0}; both are sent under the lock, so the order on the wire is that of the table.
 *
 * <p>Any thread.
 */
final class RemoteWatches {
    private final ReentrantLock lock = new ReentrantLock();
    private final Link link;

    /** Guarded by the lock; null once the link is lost. */
    private Map<String, Watchers> byPort = new LinkedHashMap<>();

    RemoteWatches(Link link) {
        this.link = link;
    }

    /**
     * Registers a watch; false when the link is lost and its successor must be asked.
     *
     * @throws IllegalArgumentException when the peer cannot be told of such a port; then nothing is registered
     */
    boolean add(Watch watch) {
        String port = watch.target().name();
        lock.lock();
        try {
            if (byPort == null) {
                return false;
            }
            Watchers list = byPort.get(port);
            if (list == null) {
                tell("mon1", port);
                list = new Watchers(emptied -> forget(port, emptied));
                byPort.put(port, list);
            }
            return list.add(watch);
        } finally {
            lock.unlock();
        }
    }

    /** Does this while nothing is watched, if that is so. */
    void ifEmpty(Runnable action) {
        lock.lock();
        try {
            if (byPort != null && byPort.isEmpty()) {
                action.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more watches, if there are none: {@code ending} loses the link, so that its successor can be asked. */
    boolean closeIfEmpty(Runnable ending) {
        lock.lock();
        try {
            if (byPort == null || !byPort.isEmpty()) {
                return false;
            }
            byPort = null;
            ending.run();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more watches, and gives those it has: the peer has never heard of them. */
    List<Watch> closeAndTake() {
        List<Watch> watches = new ArrayList<>();
        close().forEach(list -> watches.addAll(list.closeAndTakeAll()));
        return watches;
    }

    /** Takes no more watches; those it had, in the order in which their ports were first watched. */
    private Collection<Watchers> close() {
        lock.lock();
        try {
            Map<String, Watchers> taken = byPort == null ? Map.of() : byPort;
            byPort = null;
            return taken.values();
        } finally {
            lock.unlock();
        }
    }

    private void forget(String port, Watchers emptied) {
        lock.lock();
        try {
            if (byPort != null && byPort.get(port) == emptied && emptied.closeIfEmpty()) {
                byPort.remove(port);
                tell("mon0", port);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The node port is watched by the link itself, and a link that takes nothing more is about to report its loss. */
    private void tell(String verb, String port) {
        if (!port.isEmpty()) {
            boolean ignored = link.sendControl(verb, port);
        }
    }

    /** The peer says a port died. */
    void fire(String port, Reason reason) {
        Watchers list;
        lock.lock();
        try {
            list = byPort == null ? null : byPort.remove(port);
        } finally {
            lock.unlock();
        }
        if (list != null) {
            int ignored = list.fireAll(reason);
        }
    }

    /** The link is lost: all fire, in the order in which their ports were first watched ({@code MON-4}). */
    void fireAll(Reason reason) {
        for (Watchers list : close()) {
            int ignored = list.fireAll(reason);
        }
    }
}
