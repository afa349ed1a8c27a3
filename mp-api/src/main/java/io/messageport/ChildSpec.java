package io.messageport;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How a supervisor starts, restarts and ends one of its children; an immutable value, changed by its fluent methods:
 * {@code ChildSpec.port("lobby", Lobby::new).restart(TRANSIENT).grace(ofSeconds(1))}.
 *
 * @param name the port name of the child, the same in each of its lives ({@code ID-5}); empty for a child that gets a new
 *     port ID with each start; for a child on another node only its name at the supervisor
 * @param start how it is started
 * @param restart when it is started again
 * @param shutdown how it is told to end
 * @param significant whether its end may end the supervisor, see {@link SupervisorSpec.AutoShutdown}
 * @param keepMailbox whether unread messages wait for the child's next life ({@code ID-5}); else they are lost with the
 *     life they were sent to
 */
public record ChildSpec(
        Optional<String> name,
        Start start,
        Restart restart,
        Shutdown shutdown,
        boolean significant,
        boolean keepMailbox) {
    /** How long a child may take to end unless its spec says otherwise. */
    public static final Duration USUAL_GRACE = Duration.ofSeconds(5);

    /** When a child that has ended is started again. */
    public enum Restart {
        /** Always, even after a normal end. */
        PERMANENT,
        /** After an abnormal end: not when the reason is normal or begins with {@code "shutdown"}. */
        TRANSIENT,
        /** Never; its spec is forgotten with it. */
        TEMPORARY
    }

    /** How a child is told to end. */
    public sealed interface Shutdown {
        /** After its present handler; if that takes longer than {@code time}, at once, with the handler interrupted. */
        record Grace(Duration time) implements Shutdown {
            /** Refuses a negative time. */
            public Grace {
                notNegative("the grace of a child", time);
            }
        }

        /** At once, with its handler interrupted. */
        record BrutalKill() implements Shutdown {}

        /** After its present handler, however long that takes: for supervisors, whose children have limits of their own. */
        record Unlimited() implements Shutdown {}
    }

    /** How a child is started. */
    public sealed interface Start {
        /** A port of a class; the constructor runs in the supervisor, {@link Port#start()} in the child. */
        record Constructed(Supplier<? extends Port> constructor) implements Start {}

        /** A port that gets its handlers from {@code setup}, which runs in the supervisor. */
        record Plain(Consumer<Port> setup) implements Start {}

        /** A threaded port with this body ({@code CO-1}). */
        record Threaded(Body body) implements Start {}

        /**
         * A port on another node, created by the name of its class or init function ({@code SPN-1}). Started on the
         * first node; after an end of the port on the same one again, after the loss of the node on the next, and after
         * the last on the first. What lives on where a node was out of reach is killed when it is connected again.
         *
         * @param nodes at least one, none twice
         * @param init the name, {@code pkg.Class} or {@code pkg.Class::method}
         * @param args what it is given
         */
        record Spawned(List<NodeId> nodes, String init, List<Object> args) implements Start {
            /** Refuses an empty list and a repeated node. */
            public Spawned {
                nodes = List.copyOf(Objects.requireNonNull(nodes, "a child on another node needs a list, not null"));
                args = List.copyOf(args);
                Objects.requireNonNull(init, "a child on another node needs the name of an init, not null");
                if (nodes.isEmpty()) {
                    throw new IllegalArgumentException("the child " + init + " needs at least one node to run on");
                }
                if (new HashSet<>(nodes).size() < nodes.size()) {
                    throw new IllegalArgumentException(
                            "the child " + init + " has a node twice in its list " + nodes);
                }
                if (init.indexOf('.') < 0) {
                    throw new IllegalArgumentException("the child \"" + init
                            + "\" cannot be spawned: the name of its class or method needs a package (SPN-1)");
                }
            }
        }
    }

    /** Refuses what contradicts itself. */
    public ChildSpec {
        Objects.requireNonNull(name, "a child without a name has an empty one, not null");
        Objects.requireNonNull(start, "a child must be told how to start, not null");
        Objects.requireNonNull(restart, "the rule for the restart of a child must not be null");
        Objects.requireNonNull(shutdown, "the way to end a child must not be null");
        if (name.isPresent() && name.get().isEmpty()) {
            throw new IllegalArgumentException("the name of a child must not be empty; leave it out instead");
        }
        if (name.isPresent() && name.get().startsWith("#")) {
            throw new IllegalArgumentException(
                    "the name of a child must not begin with #, which is how a supervisor calls"
                            + " children without a name: " + name.get());
        }
        String called = name.map(n -> "child \"" + n + '"').orElse("a child without a name");
        if (significant && restart == Restart.PERMANENT) {
            throw new IllegalArgumentException(called + " is significant and PERMANENT: it is always restarted, so its"
                    + " end can never end the supervisor; make it TRANSIENT or TEMPORARY");
        }
        if (keepMailbox && start instanceof Start.Spawned) {
            throw new IllegalArgumentException(called + " runs on another node, where no mailbox is kept for it");
        }
        if (keepMailbox && name.isEmpty()) {
            throw new IllegalArgumentException(called + " gets a new port ID with each start, so it cannot keep its"
                    + " mailbox; give it a name");
        }
    }

    static Duration notNegative(String what, Duration time) {
        if (Objects.requireNonNull(time, () -> what + " must not be null").isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative: " + time);
        }
        return time;
    }

    private static ChildSpec usual(Optional<String> name, Start start) {
        boolean keeps = name.isPresent() && !(start instanceof Start.Spawned);
        return new ChildSpec(name, start, Restart.PERMANENT, new Shutdown.Grace(USUAL_GRACE), false, keeps);
    }

    private static Optional<String> named(String name) {
        return Optional.of(
                Objects.requireNonNull(name, "the name of a child must not be null; anonymous() gives it none"));
    }

    /** A permanent child of a class of one's own, under a name: {@code ChildSpec.port("lobby", Lobby::new)}. */
    public static ChildSpec port(String name, Supplier<? extends Port> constructor) {
        return usual(named(name),
                new Start.Constructed(Objects.requireNonNull(constructor, "a child needs a constructor, not null")));
    }

    /** As {@link #port(String, Supplier)}, with a new port ID for each of its lives. */
    public static ChildSpec port(Supplier<? extends Port> constructor) {
        return usual(Optional.empty(),
                new Start.Constructed(Objects.requireNonNull(constructor, "a child needs a constructor, not null")));
    }

    /** A permanent child that gets its handlers from {@code setup}, in each of its lives. */
    public static ChildSpec plain(String name, Consumer<Port> setup) {
        return usual(named(name), new Start.Plain(Objects.requireNonNull(setup, "a child needs a setup, not null")));
    }

    /** A permanent threaded child ({@code CO-1}); its body runs once in each of its lives. */
    public static ChildSpec thread(String name, Body body) {
        return usual(named(name), new Start.Threaded(Objects.requireNonNull(body, "a child needs a body, not null")));
    }

    /** A permanent child that is a supervisor itself; it may take any time to end, its children have limits. */
    public static ChildSpec supervisor(String name, SupervisorSpec spec) {
        Objects.requireNonNull(spec, "a child that is a supervisor needs a spec, not null");
        return port(name, () -> new Supervisor(spec)).unlimitedGrace();
    }

    /** A permanent child on another node, or on the next of the list when that is lost; see {@link Start.Spawned}. */
    public static ChildSpec spawn(String name, List<NodeId> nodes, String init, Object... args) {
        return usual(named(name), new Start.Spawned(nodes, init, List.of(args)));
    }

    /** The same without a name: with a new port ID and an empty mailbox for each of its lives. */
    public ChildSpec anonymous() {
        return new ChildSpec(Optional.empty(), start, restart, shutdown, significant, false);
    }

    /** The same with another rule for its restart. */
    public ChildSpec restart(Restart rule) {
        return new ChildSpec(name, start, rule, shutdown, significant, keepMailbox);
    }

    /** The same with this time to end; not negative. */
    public ChildSpec grace(Duration time) {
        return shutdown(new Shutdown.Grace(time));
    }

    /** The same, ended at once, with its handler interrupted. */
    public ChildSpec brutalKill() {
        return shutdown(new Shutdown.BrutalKill());
    }

    /** The same with any time to end. */
    public ChildSpec unlimitedGrace() {
        return shutdown(new Shutdown.Unlimited());
    }

    /** The same with another way to end. */
    public ChildSpec shutdown(Shutdown way) {
        return new ChildSpec(name, start, restart, way, significant, keepMailbox);
    }

    /** The same, significant or not; a significant child is TRANSIENT or TEMPORARY. */
    public ChildSpec significant(boolean is) {
        return new ChildSpec(name, start, restart, shutdown, is, keepMailbox);
    }

    /** The same, with its unread messages kept over a restart or not. */
    public ChildSpec keepMailbox(boolean keeps) {
        return new ChildSpec(name, start, restart, shutdown, significant, keeps);
    }
}
