package io.messageport.runtime.kernel;

import io.messageport.Overflow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * How much may wait in a mailbox, and what happens to more ({@code BND-1}). One object serves all ports opened with the
 * same options. Any thread; immutable.
 *
 * <p>The engine's own signals, such as a kill, are not bounded: they are few, and must get through ({@code BND-4}).
 */
final class Bounds {
    private static final Logger LOG = LoggerFactory.getLogger("io.messageport.port");

    private final int capacity;
    private final int highWater;
    private final Overflow overflow;

    /**
     * Bounds of a port.
     *
     * @param capacity messages that may wait beside the one being handled, from 1
     * @param highWater the depth at which the port's owner wants to hear of it, from 1 to {@code capacity}
     */
    Bounds(int capacity, int highWater, Overflow overflow) {
        this.capacity = capacity;
        this.highWater = highWater;
        this.overflow = overflow;
    }

    int capacity() {
        return capacity;
    }

    Overflow overflow() {
        return overflow;
    }

    /** Below this depth a sender need not look any closer. */
    int limit() {
        return highWater;
    }

    /** An empty backlog for a port with these bounds. */
    Backlog backlog(Kernel kernel) {
        return switch (overflow) {
            case KILL, DROP_NEWEST -> new Backlog(kernel);
            case BLOCK -> new WaitingBacklog(kernel);
            case DROP_OLDEST -> new RollingBacklog(kernel);
        };
    }

    /**
     * Decides on a message that finds the high-water mark reached.
     *
     * @param mayWait whether the calling thread may park
     * @return whether it may be appended; otherwise it has been disposed of
     */
    boolean admit(PortCell cell, Backlog waiting, Object payload, boolean mayWait) {
        int depth = measured(cell, waiting);
        if (depth < capacity) {
            return true;
        }
        return switch (overflow) {
            case KILL -> kill(cell, depth, payload);
            case BLOCK -> mayWait && !cell.isHere() && waiting.awaitRoom(cell, capacity) || kill(cell, depth, payload);
            case DROP_NEWEST -> {
                cell.kernel().deadLetters().refused(cell.id(), payload);
                yield false;
            }
            case DROP_OLDEST -> {
                waiting.dropOldest(cell, capacity);
                yield true;
            }
        };
    }

    /** Whether one more would fit into a backlog that has reached the high-water mark. */
    boolean leaveRoom(PortCell cell, Backlog waiting) {
        return measured(cell, waiting) < capacity;
    }

    /** How much waits; tells of it when the mark is reached. */
    private int measured(PortCell cell, Backlog waiting) {
        int depth = waiting.size();
        if (depth >= highWater && waiting.rises()) {
            LOG.atLevel(overflow == Overflow.KILL ? Level.WARN : Level.DEBUG)
                    .log("port {} runs full: {} messages wait, it takes {} ({} then)", cell.id(), depth, capacity,
                            overflow);
            cell.kernel().observation().filledUp(cell.id(), depth, capacity);
        }
        return depth;
    }

    private static boolean kill(PortCell cell, int depth, Object payload) {
        cell.overflowed(depth);
        cell.drop(payload);
        return false;
    }
}
