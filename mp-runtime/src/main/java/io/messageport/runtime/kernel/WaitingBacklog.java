package io.messageport.runtime.kernel;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A backlog whose senders wait for room ({@link io.messageport.Overflow#BLOCK}).
 *
 * <p>A sender counts itself as waiting, then looks at the depth; the owner takes something, then looks at the count. A
 * full fence stands between the two in each of them, so one of them sees the other's.
 */
final class WaitingBacklog extends Backlog {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();

    @Override
    boolean awaitRoom(PortCell cell, int capacity) {
        awaitTurn(cell, () -> cell.isGone() || size() < capacity);
        lock.lock();
        try {
            int unused = waiting.incrementAndGet();
            while (!cell.isGone() && size() >= capacity) {
                room.awaitUninterruptibly();
            }
            return !cell.isGone();
        } finally {
            int unused = waiting.decrementAndGet();
            lock.unlock();
        }
    }

    /** Where the dispatcher waits in the place of its threads; an interrupt does not end that, and is kept. */
    private static void awaitTurn(PortCell cell, BooleanSupplier over) {
        boolean interrupted = false;
        while (cell.kernel().dispatcher().awaits(over, Dispatcher.FOREVER) && !over.getAsBoolean()) {
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Object relaxedPoll() {
        Object taken = super.relaxedPoll();
        if (taken != null) {
            // The queue's own write to its consumer index is a release only.
            VarHandle.fullFence();
            if (waiting.getAcquire() > 0) {
                over();
            }
        }
        return taken;
    }

    /** Wakes who waits: there is room, or the port is dead. */
    @Override
    void over() {
        lock.lock();
        try {
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
