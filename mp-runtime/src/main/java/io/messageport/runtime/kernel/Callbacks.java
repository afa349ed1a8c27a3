package io.messageport.runtime.kernel;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where user callbacks run that belong to no port: one virtual thread per node, so that they keep the order in which
 * they were caused ({@code MON-7}) and a slow one delays nothing but the others.
 */
public final class Callbacks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

    /** How long the loss of a node waits for the callbacks it caused, before it goes on without. */
    private static final long PATIENCE_SECONDS = 5;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(this::start);

    /** Written by the executor when it starts its thread. */
    private volatile Thread running;

    /** The threads of errands under way. */
    private final Set<Thread> errands = ConcurrentHashMap.newKeySet();

    private Thread start(Runnable work) {
        running = Thread.ofVirtual().name("mp-callbacks").unstarted(work);
        return running;
    }

    /** Runs the callback after those before it; an exception is logged and harms nobody. */
    public void run(String what, Runnable callback) {
        try {
            thread.execute(() -> {
                try {
                    callback.run();
                } catch (RuntimeException | Error e) {
                    LOG.error("{} threw; callbacks must not", what, e);
                }
            });
        } catch (RejectedExecutionException closed) {
            LOG.debug("{} not run, the node is closed", what);
        }
    }

    /** Whether this is the thread of the callbacks, for which nobody may wait here. */
    public boolean isCurrent() {
        return Thread.currentThread() == running;
    }

    /** Does something of the engine's own that may park, on a thread of its own; the end of the node waits for it. */
    void errand(String name, Runnable errand) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                errand.run();
            } catch (RuntimeException | Error e) {
                LOG.error("{} failed", name, e);
            } finally {
                errands.remove(Thread.currentThread());
            }
        });
        errands.add(thread);
        thread.start();
    }

    /** Waits until the errands begun before this are done; gives up, with a log line, on those that stay parked. */
    public void awaitErrands() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            for (Thread errand : errands) {
                if (!errand.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                    LOG.warn("the node closes with {} message(s) on their way to nodes that take nothing",
                            errands.size());
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until everything handed over before has run; gives up, with a log line, on one that blocks. */
    public void flush() {
        if (isCurrent()) {
            return;
        }
        try {
            Object ignored = thread.submit(() -> {}).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.error("a callback has been blocking for {} s; callbacks must not block. Going on without it",
                    PATIENCE_SECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("nothing to wait for, the node is closed");
        } catch (ExecutionException e) {
            throw new AssertionError("an empty task cannot fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets what was handed over run to its end, and takes nothing more. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
