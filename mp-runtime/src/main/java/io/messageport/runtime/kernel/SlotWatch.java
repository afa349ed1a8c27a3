package io.messageport.runtime.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.atomic.unpadded.MpscLinkedAtomicUnpaddedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that nothing sits in the slot of a blocked worker: one daemon platform thread, so that it runs even when
 * all carriers are busy. Awake once a tick while slots are in use, parked for good while none is.
 *
 * <p>The same thread takes the looks by which {@code node.tree()} knows for how long ports are busy and messages wait
 * ({@link Dispatcher.Look}): a few hundred in a second where messages come and go, none where none does.
 */
final class SlotWatch implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlotWatch.class);
    private static final long TICK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    /** The levels of sleep: none, until the next look is due or a slot is in use, until there is something to do. */
    private static final int AWAKE = 0;

    private static final int DOZING = 1;
    private static final int ASLEEP = 2;

    private final NextSlotDispatcher dispatcher;
    private final Thread thread;
    private final MessagePassingQueue<Worker> added = new MpscLinkedAtomicUnpaddedQueue<>();
    private final MessagePassingQueue<Activation> late = new MpscLinkedAtomicUnpaddedQueue<>();
    private final MessagePassingQueue<Dispatcher.Look> wanted = new MpscLinkedAtomicUnpaddedQueue<>();
    private final AtomicInteger sleep = new AtomicInteger();
    private volatile boolean closed;

    /** All four owned by the thread. */
    private final List<Worker> watched = new ArrayList<>();

    private final List<Activation> unstarted = new ArrayList<>();
    private final List<Dispatcher.Look> looks = new ArrayList<>();
    private long looked;

    SlotWatch(String name, NextSlotDispatcher dispatcher) {
        this.dispatcher = dispatcher;
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this);
        thread.start();
    }

    /** Watches a worker from now until its slot is found empty twice. */
    void add(Worker worker) {
        boolean accepted = added.offer(worker);
        assert accepted : "a linked queue is never full";
        wake(DOZING);
    }

    /** Takes a look every few milliseconds from now. */
    void add(Dispatcher.Look look) {
        boolean accepted = wanted.offer(look);
        assert accepted : "a linked queue is never full";
        wake(ASLEEP);
    }

    /** Starts, from now on once a tick, what could not be started for want of memory. */
    void startLater(Activation activation) {
        boolean accepted = late.offer(activation);
        assert accepted : "a linked queue is never full";
        wake(DOZING);
    }

    /** Wakes the thread if it sleeps as soundly as this, or more so. */
    private void wake(int least) {
        int found = sleep.get();
        if (found >= least && sleep.compareAndSet(found, AWAKE)) {
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
        for (Dispatcher.Look look = wanted.poll(); look != null; look = wanted.poll()) {
            looks.add(look);
        }
        if (!watched.isEmpty() || !unstarted.isEmpty() || !late.isEmpty()) {
            LockSupport.parkNanos(this, TICK_NANOS);
            for (Activation next = late.poll(); next != null; next = late.poll()) {
                unstarted.add(next);
            }
            look();
            while (!unstarted.isEmpty()) {
                dispatcher.start(unstarted.getLast());
                Activation unused = unstarted.removeLast();
            }
        } else if (looks.isEmpty()) {
            sleep();
        } else {
            doze();
        }
        takeLooks();
    }

    private void sleep() {
        sleep.set(ASLEEP);
        while (sleep.get() == ASLEEP && added.isEmpty() && late.isEmpty() && wanted.isEmpty() && !closed) {
            LockSupport.park(this);
        }
        sleep.set(AWAKE);
    }

    private void doze() {
        sleep.set(DOZING);
        if (added.isEmpty() && late.isEmpty() && !closed) {
            LockSupport.parkNanos(this, Arrivals.GAP_NANOS);
        }
        sleep.set(AWAKE);
    }

    private void takeLooks() {
        if (!looks.isEmpty() && System.nanoTime() - looked >= Arrivals.GAP_NANOS) {
            boolean unused = looks.removeIf(look -> !isWantedAgain(look));
            looked = System.nanoTime();
        }
    }

    private static boolean isWantedAgain(Dispatcher.Look look) {
        try {
            return look.again();
        } catch (RuntimeException e) {
            // This thread has more important things to do than to tell how old something is.
            LOG.error("{} cannot be looked at", look, e);
            return false;
        }
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
