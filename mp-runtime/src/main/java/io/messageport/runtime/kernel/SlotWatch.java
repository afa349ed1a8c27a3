package io.messageport.runtime.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.atomic.unpadded.MpscLinkedAtomicUnpaddedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that nothing sits in the slot of a blocked worker: one daemon platform thread, so that it runs even when
 * all carriers are busy. Awake once a tick while slots are in use, parked for good while none is.
 */
final class SlotWatch implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlotWatch.class);
    private static final long TICK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final NextSlotDispatcher dispatcher;
    private final Thread thread;
    private final MessagePassingQueue<Worker> added = new MpscLinkedAtomicUnpaddedQueue<>();
    private final MessagePassingQueue<Activation> late = new MpscLinkedAtomicUnpaddedQueue<>();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private volatile boolean closed;

    /** Both owned by the thread. */
    private final List<Worker> watched = new ArrayList<>();

    private final List<Activation> unstarted = new ArrayList<>();

    SlotWatch(String name, NextSlotDispatcher dispatcher) {
        this.dispatcher = dispatcher;
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this);
        thread.start();
    }

    /** Watches a worker from now until its slot is found empty twice. */
    void add(Worker worker) {
        boolean accepted = added.offer(worker);
        assert accepted : "a linked queue is never full";
        wake();
    }

    /** Starts, from now on once a tick, what could not be started for want of memory. */
    void startLater(Activation activation) {
        boolean accepted = late.offer(activation);
        assert accepted : "a linked queue is never full";
        wake();
    }

    private void wake() {
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        while (!closed) {
            try {
                tick();
            } catch (OutOfMemoryError e) {
                // The next tick tries again: without this thread, what waits behind a blocked handler would wait for it.
                LOG.error("no memory to look after ports that wait for a thread; trying again", e);
            }
        }
    }

    private void tick() {
        for (Worker worker = added.poll(); worker != null; worker = added.poll()) {
            watched.add(worker);
        }
        if (watched.isEmpty() && unstarted.isEmpty() && late.isEmpty()) {
            sleep();
        } else {
            LockSupport.parkNanos(this, TICK_NANOS);
            for (Activation next = late.poll(); next != null; next = late.poll()) {
                unstarted.add(next);
            }
            look();
            while (!unstarted.isEmpty()) {
                dispatcher.start(unstarted.removeLast());
            }
        }
    }

    private void sleep() {
        asleep.set(true);
        while (asleep.get() && added.isEmpty() && late.isEmpty() && !closed) {
            LockSupport.park(this);
        }
        asleep.set(false);
    }

    private void look() {
        watched.removeIf(worker -> {
            worker.takeStuck(unstarted);
            return worker.release();
        });
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
