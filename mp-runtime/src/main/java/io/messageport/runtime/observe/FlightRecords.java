package io.messageport.runtime.observe;

import io.messageport.DeadLetter;
import io.messageport.NodeId;
import io.messageport.PortId;
import io.messageport.Reason;

/**
 * What a node writes into a flight recording (JFR), as events of the category {@code messageport}. All are off unless the
 * recording's settings enable them; then a call costs a branch. Any thread.
 */
public final class FlightRecords {
    /** Asked, never committed: whether this kind is enabled is the same for all its events. */
    private static final SlowHandlerEvent SLOW_HANDLER = new SlowHandlerEvent();

    private final String node;

    /** The records of one node. */
    public FlightRecords(NodeId node) {
        this.node = node.value();
    }

    /** A port can be reached. */
    public void portStarted(PortId port) {
        PortStartEvent event = new PortStartEvent();
        if (event.isEnabled()) {
            event.node = node;
            event.port = port.toString();
            event.commit();
        }
    }

    /** A port has died. */
    public void portDied(PortId port, Reason reason) {
        PortDeathEvent event = new PortDeathEvent();
        if (event.isEnabled()) {
            event.node = node;
            event.port = port.toString();
            event.reason = reason.toString();
            event.normal = reason.isNormal();
            event.commit();
        }
    }

    /** A message found nobody. */
    public void deadLetter(PortId target, Object tag, DeadLetter.Cause cause) {
        DeadLetterEvent event = new DeadLetterEvent();
        if (event.isEnabled()) {
            event.node = node;
            event.target = target.toString();
            event.tag = text(tag);
            event.cause = cause.name();
            event.commit();
        }
    }

    /** A mailbox has filled up to its high-water mark. */
    public void highWater(PortId port, long depth, long capacity) {
        HighWaterEvent event = new HighWaterEvent();
        if (event.isEnabled()) {
            event.node = node;
            event.port = port.toString();
            event.depth = depth;
            event.capacity = capacity;
            event.commit();
        }
    }

    /** Whether handlers are timed at all. */
    public static boolean timesHandlers() {
        return SLOW_HANDLER.isEnabled();
    }

    /** Begins to time the handling of one message. */
    public Timing beginHandling() {
        Timing timing = new Timing();
        timing.event.begin();
        return timing;
    }

    /** The time one message takes; written if it is longer than the threshold in the settings, 10 ms by default. */
    public final class Timing {
        private final SlowHandlerEvent event = new SlowHandlerEvent();

        private Timing() {}

        /** The message is handled. */
        public void end(PortId port, Object tag) {
            event.end();
            if (event.shouldCommit()) {
                event.node = node;
                event.port = port.toString();
                event.tag = text(tag);
                event.commit();
            }
        }
    }

    private static String text(Object tag) {
        return tag == null ? null : tag.toString();
    }
}
