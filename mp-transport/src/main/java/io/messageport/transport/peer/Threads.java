package io.messageport.transport.peer;

import io.messageport.ThreadKind;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All threads of one transport, so that closing it can wait for their end. An error that escapes a task is logged. Not
 * final: a test that owns the order of all things takes its place.
 */
class Threads implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Threads.class);

    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final String owner;

    Threads(String owner) {
        this.owner = owner;
    }

    @Override
    public void execute(Runnable task) {
        start("task", task);
    }

    /** Runs the task on a virtual thread of its own. */
    void start(String name, Runnable task) {
        start(ThreadKind.VIRTUAL, name, task);
    }

    /** Runs the task on a thread of its own. */
    void start(ThreadKind kind, String name, Runnable task) {
        Thread.Builder builder = kind == ThreadKind.VIRTUAL ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
        Thread thread = builder.name(owner + ' ' + name).unstarted(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.error("the thread \"{}\" of node {} failed for an internal reason", name, owner, e);
            } finally {
                running.remove(Thread.currentThread());
            }
        });
        running.add(thread);
        try {
            thread.start();
        } catch (Error e) {
            // The machine has no more threads; nobody is to wait for this one.
            running.remove(thread);
            throw e;
        }
    }

    /** How many run. */
    int count() {
        return running.size();
    }

    /** Waits until all have ended; the calling thread, if it is one of them, is not waited for. */
    void joinAll() {
        boolean interrupted = false;
        for (Thread thread = next(); thread != null; thread = next()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread next() {
        for (Thread thread : running) {
            if (thread != Thread.currentThread()) {
                return thread;
            }
        }
        return null;
    }
}
