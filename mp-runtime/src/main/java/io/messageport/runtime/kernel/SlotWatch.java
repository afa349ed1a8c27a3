package io.messageport.runtime.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.atomic.unpadded.MpscLinkedAtomicUnpaddedQueue;

/**
 * Sees to it that nothing sits in the slot of a blocked worker: one daemon platform thread, so that it runs even when
 * all carriers are busy. Awake once a tick while slots are in use, parked for good while none is.
 */
final class SlotWatch implements Runnable, AutoCloseable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Thread thread;
    private final MessagePassingQueue<Worker> added = new MpscLinkedAtomicUnpaddedQueue<>();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private volatile boolean closed;

    /** Owned by the thread. */
    private final List<Worker> watched = new ArrayList<>();

    SlotWatch(String name) {
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this);
        thread.start();
    }

    /** Watches a worker from now until its slot is found empty. */
    void add(Worker worker) {
        boolean accepted = added.offer(worker);
        assert accepted : "a linked queue is never full";
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        while (!closed) {
            for (Worker worker = added.poll(); worker != null; worker = added.poll()) {
                watched.add(worker);
            }
            if (watched.isEmpty()) {
                sleep();
            } else {
                LockSupport.parkNanos(this, TICK_NANOS);
                look();
            }
        }
    }

    private void sleep() {
        asleep.set(true);
        while (asleep.get() && added.isEmpty() && !closed) {
            LockSupport.park(this);
        }
        asleep.set(false);
    }

    private void look() {
        watched.removeIf(worker -> {
            Runnable stuck = worker.takeIfStuck();
            if (stuck != null) {
                worker.dispatcher().start(stuck);
            }
            return worker.release();
        });
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
