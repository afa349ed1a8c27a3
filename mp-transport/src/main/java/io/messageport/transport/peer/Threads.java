package io.messageport.transport.peer;

import io.messageport.ThreadKind;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** All threads of one transport, so that closing it can wait for their end. */
final class Threads implements Executor {
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
            } finally {
                running.remove(Thread.currentThread());
            }
        });
        running.add(thread);
        thread.start();
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
