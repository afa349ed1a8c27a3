package io.messageport;

import java.util.Objects;
import java.util.Optional;

/**
 * How a port is opened, where that differs from what its node does by default. Immutable: each method gives a copy.
 *
 * <pre>{@code
 * Port log = node.port(PortOptions.named("log").capacity(10_000).overflow(Overflow.DROP_OLDEST));
 * }</pre>
 *
 * @param name the chosen name ({@code ID-5}); empty for one that the node chooses
 * @param capacity messages that may wait beside the one being handled, from 1 ({@code BND-1}); empty for the node's
 * @param overflow what happens to more; empty for what the node does
 * @param highWater the depth from which on the port is reported as running full, from 1 to the capacity; empty for four
 *     fifths of it
 * @param detached whether the port belongs to nobody, where a port opened by a port is otherwise its child
 */
public record PortOptions(
        Optional<String> name,
        Optional<Integer> capacity,
        Optional<Overflow> overflow,
        Optional<Integer> highWater,
        boolean detached) {
    private static final PortOptions DEFAULTS =
            new PortOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

    /** Checks each value, and that the high-water mark is within the capacity when both are given. */
    public PortOptions {
        Objects.requireNonNull(overflow, "overflow");
        if (name.isPresent() && name.get().isEmpty()) {
            throw new IllegalArgumentException("a port needs a name; the empty one is the node's own");
        }
        if (capacity.isPresent() && capacity.get() < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, not " + capacity.get());
        }
        if (highWater.isPresent() && highWater.get() < 1) {
            throw new IllegalArgumentException("highWater must be at least 1, not " + highWater.get());
        }
        if (highWater.isPresent() && capacity.isPresent() && highWater.get() > capacity.get()) {
            throw new IllegalArgumentException("highWater " + highWater.get() + " can never be reached with capacity "
                    + capacity.get() + "; make it at most the capacity");
        }
    }

    /** What the node does by default, for everything. */
    public static PortOptions defaults() {
        return DEFAULTS;
    }

    /** The defaults, under a chosen name. */
    public static PortOptions named(String name) {
        return DEFAULTS.name(name);
    }

    /** With this name. */
    public PortOptions name(String chosen) {
        return new PortOptions(
                Optional.of(Objects.requireNonNull(chosen,
                        "a port's name must not be null; without a name, one is chosen")),
                capacity, overflow, highWater, detached);
    }

    /** With room for this many waiting messages. */
    public PortOptions capacity(int messages) {
        return new PortOptions(name, Optional.of(messages), overflow, highWater, detached);
    }

    /** With this policy for a full mailbox. */
    public PortOptions overflow(Overflow policy) {
        return new PortOptions(name, capacity,
                Optional.of(Objects.requireNonNull(policy, "the policy for a full mailbox must not be null")),
                highWater,
                detached);
    }

    /** Reported as running full from this depth on. */
    public PortOptions highWater(int messages) {
        return new PortOptions(name, capacity, overflow, Optional.of(messages), detached);
    }

    /** Nobody's child. */
    public PortOptions detach() {
        return new PortOptions(name, capacity, overflow, highWater, true);
    }
}
