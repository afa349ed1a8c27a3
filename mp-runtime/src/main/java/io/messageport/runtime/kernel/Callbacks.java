package io.messageport.runtime.kernel;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where user callbacks run that belong to no port: one after the other on one virtual thread, which lives as long as
 * there are some, so that they keep the order in which they were caused ({@code MON-7}) and a slow one delays nothing but
 * the others.
 */
public final class Callbacks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

    /** How long the loss of a node waits for the callbacks it caused, before it goes on without. */
    private static final long PATIENCE_SECONDS = 5;

    private final Dispatcher dispatcher;
    private final ReentrantLock lock = new ReentrantLock();

    /** All three guarded by the lock. */
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    private final Set<CountDownLatch> errands = new LinkedHashSet<>();
    private boolean closed;

    /** Written under the lock: the thread that runs what waits, or null. */
    private volatile Thread running;

    /** On threads of this dispatcher. */
    public Callbacks(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** Runs the callback after those before it; an exception is logged and harms nobody. */
    public void run(String what, Runnable callback) {
        boolean taken = append(() -> {
            try {
                callback.run();
            } catch (RuntimeException | Error e) {
                LOG.error("{} threw; callbacks must not", what, e);
            }
        });
        if (!taken) {
            LOG.debug("{} not run, the node is closed", what);
        }
    }

    private boolean append(Runnable callback) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            waiting.add(callback);
            if (running == null) {
                start();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        running = dispatcher.thread("mp-callbacks", this::runAll);
        try {
            running.start();
        } catch (Throwable noThread) {
            // What waits is run by the thread that the next callback starts.
            running = null;
            throw noThread;
        }
    }

    private void runAll() {
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
    }

    private Runnable next() {
        lock.lock();
        try {
            Runnable next = waiting.poll();
            if (next == null) {
                running = null;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Whether this is the thread of the callbacks, for which nobody may wait here. */
    public boolean isCurrent() {
        return Thread.currentThread() == running;
    }

    /** Does something of the engine's own that may park, on a thread of its own; the end of the node waits for it. */
    public void errand(String name, Runnable errand) {
        CountDownLatch done = new CountDownLatch(1);
        Thread thread = dispatcher.thread(name, () -> {
            try {
                errand.run();
            } catch (RuntimeException | Error e) {
                LOG.error("{} failed", name, e);
            } finally {
                over(done);
            }
        });
        lock.lock();
        try {
            errands.add(done);
        } finally {
            lock.unlock();
        }
        thread.start();
    }

    private void over(CountDownLatch errand) {
        lock.lock();
        try {
            errands.remove(errand);
        } finally {
            lock.unlock();
        }
        errand.countDown();
    }

    /** Waits until the errands begun before this are done; gives up, with a log line, on those that stay parked. */
    public void awaitErrands() {
        List<CountDownLatch> begun;
        lock.lock();
        try {
            begun = List.copyOf(errands);
        } finally {
            lock.unlock();
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            for (CountDownLatch errand : begun) {
                if (!await(errand, Math.max(1, deadline - System.nanoTime()))) {
                    LOG.warn("the node closes with {} message(s) on their way to nodes that take nothing",
                            begun.stream().filter(each -> each.getCount() > 0).count());
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it came to this in time. */
    private boolean await(CountDownLatch latch, long nanos) throws InterruptedException {
        boolean waited = dispatcher.awaits(() -> latch.getCount() == 0, nanos);
        return latch.await(waited ? 0 : nanos, TimeUnit.NANOSECONDS);
    }

    /** Waits until everything handed over before has run; gives up, with a log line, on one that blocks. */
    public void flush() {
        if (isCurrent()) {
            return;
        }
        CountDownLatch reached = new CountDownLatch(1);
        if (!append(reached::countDown)) {
            LOG.debug("nothing to wait for, the node is closed");
            return;
        }
        try {
            if (!await(reached, TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS))) {
                LOG.error("a callback has been blocking for {} s; callbacks must not block. Going on without it",
                        PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets what was handed over run to its end, and takes nothing more. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
