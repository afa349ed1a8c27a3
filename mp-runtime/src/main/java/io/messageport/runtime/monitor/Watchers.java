package io.messageport.runtime.monitor;

import io.messageport.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All watches on one port, in the order of registration: a doubly linked list, so that a million of them can come and
 * go at constant cost each. Closed once, by the port's death or the loss of its node.
 *
 * <p>Any thread; one short lock.
 */
public final class Watchers {
    private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);

    /** The list of everything that is dead already. */
    public static final Watchers CLOSED = new Watchers();

    static {
        int ignored = CLOSED.fireAll(Reason.normal());
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Consumer<Watchers> whenEmptied;

    /** All guarded by the lock. */
    private Watch first;

    private Watch last;
    private boolean closed;

    /** A list that tells nobody when it runs empty. */
    public Watchers() {
        this(list -> {});
    }

    /** A list that reports, outside of its lock, each time a cancel has emptied it. */
    public Watchers(Consumer<Watchers> whenEmptied) {
        this.whenEmptied = whenEmptied;
    }

    /**
     * Appends a watch.
     *
     * @return false when the list is closed: the watch must be fired by the caller
     */
    public boolean add(Watch watch) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            watch.enter(this);
            watch.linked = true;
            watch.previous = last;
            if (last == null) {
                first = watch;
            } else {
                last.next = watch;
            }
            last = watch;
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean remove(Watch watch) {
        boolean emptied;
        lock.lock();
        try {
            if (!watch.linked) {
                return false;
            }
            unlink(watch);
            emptied = first == null;
        } finally {
            lock.unlock();
        }
        if (emptied) {
            whenEmptied.accept(this);
        }
        return true;
    }

    private void unlink(Watch watch) {
        if (watch.previous == null) {
            first = watch.next;
        } else {
            watch.previous.next = watch.next;
        }
        if (watch.next == null) {
            last = watch.previous;
        } else {
            watch.next.previous = watch.previous;
        }
        watch.linked = false;
        watch.previous = null;
        watch.next = null;
    }

    /** Whether nobody watches at this moment. */
    public boolean isEmpty() {
        lock.lock();
        try {
            return first == null;
        } finally {
            lock.unlock();
        }
    }

    /** Closes the list for good, unless somebody watches; tells whether it is closed by this call. */
    public boolean closeIfEmpty() {
        lock.lock();
        try {
            if (closed || first != null) {
                return false;
            }
            closed = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Closes the list and fires what stands in it, in the order of registration ({@code MON-7}). Repeating it does
     * nothing.
     *
     * @return how many fired
     */
    public int fireAll(Reason reason) {
        Watch watch = closeAndTake();
        int fired = 0;
        while (watch != null) {
            Watch following = watch.next;
            watch.next = null;
            fire(watch, reason);
            fired++;
            watch = following;
        }
        return fired;
    }

    /** Closes the list, and gives what stands in it, in the order of registration, to be entered elsewhere. */
    public List<Watch> closeAndTakeAll() {
        List<Watch> all = new ArrayList<>();
        Watch watch = closeAndTake();
        while (watch != null) {
            Watch following = watch.next;
            watch.next = null;
            all.add(watch);
            watch = following;
        }
        return all;
    }

    /** Whatever a watch throws, the others are told too ({@code MON-7}). */
    private static void fire(Watch watch, Reason reason) {
        try {
            watch.over();
            watch.fire(reason);
        } catch (RuntimeException | Error e) {
            LOG.error("a monitor of {} could not be told of its death", watch.target(), e);
        }
    }

    private Watch closeAndTake() {
        lock.lock();
        try {
            closed = true;
            Watch taken = first;
            for (Watch watch = taken; watch != null; watch = watch.next) {
                watch.linked = false;
                watch.previous = null;
            }
            first = null;
            last = null;
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
