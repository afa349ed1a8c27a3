package io.messageport;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a supervisor starts, and what it does when a child ends; an immutable value, changed by its fluent methods:
 * {@code SupervisorSpec.oneForOne(ChildSpec.port("lobby", Lobby::new)).intensity(3, ofSeconds(10))}.
 *
 * @param strategy who is restarted with a child that has ended
 * @param children in order of start; they end in reverse order
 * @param intensity most restarts within the period before the supervisor gives up and ends itself, 0 or more
 * @param period the period, more than nothing
 * @param backoff the wait before a restart
 * @param autoShutdown whether the end of significant children ends the supervisor
 */
public record SupervisorSpec(
        Strategy strategy,
        List<ChildSpec> children,
        int intensity,
        Duration period,
        Backoff backoff,
        AutoShutdown autoShutdown) {
    private static final Duration USUAL_PERIOD = Duration.ofSeconds(5);

    /** Who is restarted with a child that has ended. */
    public enum Strategy {
        /** Only that child. */
        ONE_FOR_ONE,
        /** All children: the others are ended first, in reverse order of start. */
        ONE_FOR_ALL,
        /** That child and those started after it, which are ended first, in reverse order of start. */
        REST_FOR_ONE,
        /** Only that child; children come and go at run time, any number of them, and all end at the same time. */
        DYNAMIC
    }

    /** Whether the end of significant children ends the supervisor; a child it has ended itself does not count. */
    public enum AutoShutdown {
        /** It does not, and there must be no significant children. */
        NEVER,
        /** The end of one does. */
        ANY_SIGNIFICANT,
        /** The end of the last one running does. */
        ALL_SIGNIFICANT
    }

    /** Refuses what contradicts itself. */
    public SupervisorSpec {
        Objects.requireNonNull(strategy, "the strategy of a supervisor must not be null");
        Objects.requireNonNull(backoff, "the back-off of a supervisor must not be null; Backoff.NONE is none");
        Objects.requireNonNull(autoShutdown, "the autoShutdown of a supervisor must not be null; NEVER is none");
        children =
                List.copyOf(Objects.requireNonNull(children, "the children of a supervisor must be given, not null"));
        if (intensity < 0) {
            throw new IllegalArgumentException("the intensity is a number of restarts, not " + intensity);
        }
        if (Objects.requireNonNull(period, "the period of a supervisor must not be null").isNegative()
                || period.isZero()) {
            throw new IllegalArgumentException("the period must be longer than nothing, not " + period);
        }
        if (strategy == Strategy.DYNAMIC && !children.isEmpty()) {
            throw new IllegalArgumentException(
                    "a DYNAMIC supervisor begins without children; start them with startChild,"
                            + " or use another strategy for the " + children.size() + " given");
        }
        Set<String> names = new HashSet<>();
        for (ChildSpec child : children) {
            requireFit(autoShutdown, child);
            if (child.name().isPresent() && !names.add(child.name().get())) {
                throw new IllegalArgumentException("two children have the name \"" + child.name().get() + '"');
            }
        }
    }

    /**
     * Checks that a child can be one of a supervisor that ends itself in this way.
     *
     * @throws IllegalArgumentException for a significant child where the end of none counts
     */
    static void requireFit(AutoShutdown autoShutdown, ChildSpec child) {
        if (child.significant() && autoShutdown == AutoShutdown.NEVER) {
            throw new IllegalArgumentException(child.name().map(n -> "child \"" + n + '"').orElse("a child")
                    + " is significant, but the supervisor's autoShutdown is NEVER: choose another before"
                    + " the children, as in oneForOne().autoShutdown(ANY_SIGNIFICANT).children(...)");
        }
    }

    private static SupervisorSpec usual(Strategy strategy, List<ChildSpec> children) {
        return new SupervisorSpec(strategy, children, 1, USUAL_PERIOD, Backoff.NONE, AutoShutdown.NEVER);
    }

    /** Restarts the child that has ended; at most one restart in five seconds. */
    public static SupervisorSpec oneForOne(ChildSpec... children) {
        return usual(Strategy.ONE_FOR_ONE, List.of(children));
    }

    /** Restarts all children when one has ended; at most one restart in five seconds. */
    public static SupervisorSpec oneForAll(ChildSpec... children) {
        return usual(Strategy.ONE_FOR_ALL, List.of(children));
    }

    /** Restarts the child that has ended and those after it; at most one restart in five seconds. */
    public static SupervisorSpec restForOne(ChildSpec... children) {
        return usual(Strategy.REST_FOR_ONE, List.of(children));
    }

    /** For children that come and go, see {@link Supervisor#startChild}; at most one restart in five seconds. */
    public static SupervisorSpec dynamic() {
        return usual(Strategy.DYNAMIC, List.of());
    }

    /** The same with another limit of restarts: one more within the period ends the supervisor. */
    public SupervisorSpec intensity(int restarts, Duration within) {
        return new SupervisorSpec(strategy, children, restarts, within, backoff, autoShutdown);
    }

    /** The same with another wait before a restart. */
    public SupervisorSpec backoff(Backoff wait) {
        return new SupervisorSpec(strategy, children, intensity, period, wait, autoShutdown);
    }

    /** The same with another rule of when the end of significant children ends the supervisor. */
    public SupervisorSpec autoShutdown(AutoShutdown rule) {
        return new SupervisorSpec(strategy, children, intensity, period, backoff, rule);
    }

    /** The same with these children instead, in order of start. */
    public SupervisorSpec children(ChildSpec... inOrder) {
        return new SupervisorSpec(strategy, List.of(inOrder), intensity, period, backoff, autoShutdown);
    }
}
