package io.messageport.testkit;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Waits in real time, parked. What it waits for is changed before {@link #changed}, so no change is missed. */
final class Parking implements Waiting {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public boolean until(BooleanSupplier over, long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (!over.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void changed() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
