package io.messageport.runtime.kernel;

import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.PortTree;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the ports of a node into a tree. Any thread; one census at a time. */
public final class Census {
    private final Kernel kernel;
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Guarded by the lock: which ports the last census found waiting for a thread or served by one of which nothing is
     * known, and since when in nanoseconds.
     */
    private Map<PortCell, Long> busy = Map.of();

    /** For one node. */
    public Census(Kernel kernel) {
        this.kernel = kernel;
    }

    /** The tree as it is now. */
    public PortTree take() {
        lock.lock();
        try {
            return new Visit(busy, kernel.clock().nanos()).root();
        } finally {
            lock.unlock();
        }
    }

    /** One census. */
    private final class Visit {
        private final Map<PortCell, Long> before;
        private final Map<PortCell, Long> found = new HashMap<>();
        private final long now;

        Visit(Map<PortCell, Long> before, long now) {
            this.before = before;
            this.now = now;
        }

        PortTree root() {
            List<PortTree> user = new ArrayList<>();
            List<PortTree> system = new ArrayList<>();
            system.add(plain(kernel.self().value(), new PortId(kernel.self(), ""), "NodePort"));
            for (Endpoint endpoint : kernel.table().all()) {
                if (!(endpoint instanceof PortCell cell)) {
                    system.add(plain(endpoint.id().name(), endpoint.id(), endpoint.getClass().getSimpleName()));
                } else if (cell.isAtTop()) {
                    user.add(port(cell));
                }
            }
            busy = found;
            return branch(kernel.self().value(), List.of(branch("system", system), branch("user", user)));
        }

        private PortTree branch(String name, List<PortTree> below) {
            return new PortTree(name, Optional.empty(), "", PortTree.State.BRANCH, 0, Duration.ZERO, Duration.ZERO, 0,
                    below);
        }

        private PortTree plain(String name, PortId id, String type) {
            return new PortTree(name, Optional.of(id), type, PortTree.State.IDLE, 0, Duration.ZERO, Duration.ZERO, 0,
                    List.of());
        }

        /** The port and all below it. A tree may be deeper than a stack, so this keeps one of its own. */
        private PortTree port(PortCell top) {
            Deque<Level> open = new ArrayDeque<>();
            open.push(new Level(top));
            for (;;) {
                Level level = open.element();
                if (level.unseen.hasNext()) {
                    open.push(new Level(level.unseen.next().cell()));
                    continue;
                }
                PortTree done = port(open.pop());
                if (open.isEmpty()) {
                    return done;
                }
                open.element().below.add(done);
            }
        }

        private PortTree port(Level level) {
            PortCell cell = level.cell;
            PortTree.State state = cell.state();
            int depth = depth(cell);
            long busy = state == PortTree.State.BUSY || state == PortTree.State.ENDING ? busySince(cell) : now;
            Place at = cell.place();
            Port port = cell.port();
            return new PortTree(
                    cell.id().name(),
                    Optional.of(cell.id()),
                    port == null ? Port.class.getSimpleName() : port.getClass().getSimpleName(),
                    state,
                    depth,
                    since(depth == 0 ? Arrival.NONE : oldest(cell)),
                    since(busy),
                    at == null ? 0 : at.restarts(),
                    level.below);
        }

        private Duration since(long time) {
            return time == Arrival.NONE ? Duration.ZERO : Duration.ofNanos(Math.max(0, now - time));
        }

        private int depth(PortCell cell) {
            PortThread own = cell.thread();
            int depth = cell.depth() + (own == null ? 0 : own.unread());
            for (PortStash stash : cell.stashes()) {
                depth += stash.waiting();
            }
            return depth;
        }

        private long oldest(PortCell cell) {
            PortThread own = cell.thread();
            long oldest = own == null ? cell.oldest() : Arrival.older(cell.oldest(), own.oldest());
            for (PortStash stash : cell.stashes()) {
                oldest = Arrival.older(oldest, stash.oldest());
            }
            return oldest == Arrival.NONE && Hand.isPayload(cell.hand()) ? sampled(cell) : oldest;
        }

        private long busySince(PortCell cell) {
            PortThread own = cell.thread();
            if (own != null) {
                return own.since();
            }
            return cell.holder() instanceof Stint stint && stint.core() == cell ? stint.since(now) : sampled(cell);
        }

        /** Since when the last calls have seen it like this. */
        private long sampled(PortCell cell) {
            long since = before.getOrDefault(cell, now);
            found.put(cell, since);
            return since;
        }
    }

    /** A port whose children are being counted. */
    private static final class Level {
        private final PortCell cell;
        private final Iterator<Place> unseen;
        private final List<PortTree> below = new ArrayList<>();

        Level(PortCell cell) {
            this.cell = cell;
            Place at = cell.place();
            this.unseen = at == null ? Collections.emptyIterator() : at.children().iterator();
        }
    }
}
