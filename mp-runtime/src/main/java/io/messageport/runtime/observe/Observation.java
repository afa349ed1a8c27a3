package io.messageport.runtime.observe;

import io.messageport.DeadLetter;
import io.messageport.HighWater;
import io.messageport.NodeId;
import io.messageport.PortId;
import io.messageport.spi.Clock;
import java.util.function.BiConsumer;

/**
 * All that can be seen of one node: its flight records, its traces, and who listens to what. Any thread.
 *
 * @param records into a flight recording
 * @param tracing of single messages
 * @param deadLetters who hears of messages without a receiver
 * @param highWater who hears of mailboxes that fill up
 */
public record Observation(
        FlightRecords records, Tracing tracing, Listeners<DeadLetter> deadLetters, Listeners<HighWater> highWater) {

    /**
     * Nobody looks yet.
     *
     * @param callbacks runs what the user gave, under the name for the log
     */
    public static Observation of(NodeId node, Clock clock, BiConsumer<String, Runnable> callbacks) {
        return new Observation(
                new FlightRecords(node),
                new Tracing(clock, callbacks),
                new Listeners<>("a listener for dead letters", callbacks),
                new Listeners<>("a listener for high water", callbacks));
    }

    /** A mailbox has filled up to its mark; for whoever guards the bound. */
    public void filledUp(PortId port, long depth, long capacity) {
        records.highWater(port, depth, capacity);
        if (!highWater.isEmpty()) {
            highWater.tell(missed -> new HighWater(port, depth, capacity));
        }
    }

    /** How many times a listener was too slow to be told. */
    public long untold() {
        return deadLetters.untold() + highWater.untold();
    }
}
