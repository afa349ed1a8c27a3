package io.messageport.runtime.kernel;

import io.messageport.Guard;
import io.messageport.Message;
import io.messageport.Stash;
import io.messageport.spi.Access;
import java.util.ArrayDeque;
import java.util.Objects;

/** The stash of a port. Runs in the port, which owns it; its end is part of the port's death. */
final class PortStash implements Stash, Guard {
    private final PortCell cell;
    private final int capacity;
    private final ArrayDeque<Object> stashed = new ArrayDeque<>();

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
        if (stashed.size() == capacity) {
            throw new IllegalStateException("the stash of port " + cell.id() + " is full, it holds " + capacity
                    + " message(s): " + Payloads.describe(payload)
                    + " does not fit; unstash sooner, or give it more room");
        }
        if (cell.isAlive()) {
            stashed.add(payload);
        } else {
            cell.drop(payload);
        }
    }

    @Override
    public void unstashAll() {
        requireHere();
        cell.putFirst(stashed);
        stashed.clear();
    }

    @Override
    public int size() {
        requireHere();
        return stashed.size();
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
        stashed.forEach(cell::drop);
        stashed.clear();
        return true;
    }
}
