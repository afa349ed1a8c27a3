package io.messageport.runtime.kernel;

import io.messageport.spi.Current;
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

    WaitingBacklog(Kernel kernel) {
        super(kernel);
    }

    @Override
    boolean awaitRoom(PortCell cell, int capacity) {
        BooleanSupplier over = () -> cell.isGone() || size() < capacity;
        boolean interrupted = false;
        int unused = waiting.incrementAndGet();
        try {
            while (!over.getAsBoolean()) {
                interrupted |= awaitOnce(cell, over);
                if (interrupted) {
                    requireLife(cell);
                }
            }
            return !cell.isGone();
        } finally {
            unused = waiting.decrementAndGet();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until it is over, or the thread is interrupted: then true. */
    private boolean awaitOnce(PortCell cell, BooleanSupplier over) {
        if (cell.kernel().dispatcher().awaits(over, Dispatcher.FOREVER)) {
            return Thread.interrupted();
        }
        lock.lock();
        try {
            while (!over.getAsBoolean()) {
                room.await();
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** An interrupt alone ends no send: the message would be lost. A kill of the sending port does ({@code KIL-5}). */
    private static void requireLife(PortCell target) {
        if (Current.ofThread().core() instanceof PortCell sender && !sender.isAlive()) {
            throw new IllegalStateException(
                    "port " + sender.id() + " was killed while it waited for room in the mailbox"
                            + " of port " + target.id() + ": what it was sending is not sent");
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
