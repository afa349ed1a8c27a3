package io.messageport.runtime.kernel;

import io.messageport.Guard;
import io.messageport.Message;
import io.messageport.Stash;
import io.messageport.spi.Access;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The stash of a port. Runs in the port, but for its end, which is part of the port's death: of a full mailbox or a
 * brutal end, the port dies on another thread while its handler goes on. Hence the lock.
 */
final class PortStash implements Stash, Guard {
    private final PortCell cell;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();

    /** Both guarded by the lock. */
    private final ArrayDeque<Arrival> stashed = new ArrayDeque<>();

    private boolean over;

    PortStash(PortCell cell, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a stash holds at least 1 message, not " + capacity);
        }
        this.cell = cell;
        this.capacity = capacity;
    }

    @Override
    public void put(Message message) {
        add(Access.messages().whole(Objects.requireNonNull(message, "the message to put aside must not be null")));
    }

    @Override
    public void put() {
        requireHere();
        Object current = cell.current();
        if (current == null) {
            throw new IllegalStateException(
                    "no message to put into the stash of port " + cell.id()
                            + ": put() works while one is being handled");
        }
        add(current);
    }

    private void add(Object payload) {
        requireHere();
        long by = cell.arrivedBy(cell.current());
        lock.lock();
        try {
            if (stashed.size() == capacity) {
                throw new IllegalStateException("the stash of port " + cell.id() + " is full, it holds " + capacity
                        + " message(s): " + Payloads.describe(payload)
                        + " does not fit; unstash sooner, or give it more room");
            }
            if (!over) {
                stashed.add(new Arrival(payload, by));
                return;
            }
        } finally {
            lock.unlock();
        }
        cell.drop(payload);
    }

    @Override
    public void unstashAll() {
        requireHere();
        lock.lock();
        try {
            cell.putFirst(stashed);
            stashed.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int size() {
        requireHere();
        lock.lock();
        try {
            return stashed.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many are in it, from any thread. */
    int waiting() {
        lock.lock();
        try {
            return stashed.size();
        } finally {
            lock.unlock();
        }
    }

    /** By when the oldest of them had come, from any thread; {@link Arrival#NONE} when there is none. */
    long oldest() {
        lock.lock();
        try {
            return stashed.isEmpty() ? Arrival.NONE : stashed.getFirst().by();
        } finally {
            lock.unlock();
        }
    }

    private void requireHere() {
        if (!cell.isHere()) {
            throw new IllegalStateException(
                    "the stash of port " + cell.id() + " is for code that runs in the port: use it"
                            + " in a handler, or within port.run(...)");
        }
    }

    /** The port dies. */
    @Override
    public boolean cancel() {
        lock.lock();
        try {
            over = true;
            stashed.forEach(each -> cell.drop(each.payload()));
            stashed.clear();
        } finally {
            lock.unlock();
        }
        return true;
    }
}
