package io.messageport.testkit.sim;

import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.runtime.kernel.Dispatcher;
import io.messageport.runtime.link.TransportProvider;
import io.messageport.spi.Clock;
import io.messageport.testkit.Probe;
import io.messageport.testkit.net.Courier;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Nodes whose every step the test takes itself, in an order chosen by a seed. Ports, timers, callbacks and threaded ports
 * work as ever, and so does {@code call(...).await()}; but they run one at a time, time is a number that goes on only
 * when nothing else can, and the same seed gives the same run again, whatever the machine does.
 *
 * <pre>{@code
 * Simulation.seeds(1, 300, sim -> {
 *     Node a = sim.node("a");
 *     Port port = a.port().on("tick", m -> ...);
 *     a.send(port.id(), "tick");
 *     sim.run();
 * });
 * }</pre>
 *
 * <p>A failure names its seed; {@code Simulation.replay(seed, test)} runs that one again. What the seed decides: which of
 * the steps that could run comes next, what the nodes draw, and {@link #random()}. What it cannot decide, the test must
 * leave out: real time, threads of its own, chance of its own, and the order of a hash of identities.
 *
 * <p>For one thread, that of the test: a call from any other, or a wait that is none of the framework's own, ends in an
 * error. Not for measuring.
 */
public final class Simulation implements AutoCloseable {
    /** How much simulated time {@link #until} lets pass. */
    public static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** How many steps one run may take. */
    private static final long MOST_STEPS = 2_000_000;

    /** How long one step may take in real time. */
    private static final long STEP_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final long seed;
    private final SplittableRandom random;
    private final RandomGenerator nodesRandom;
    private final Scheduler scheduler;
    private final SteppedDispatcher dispatcher;
    private final SimulatedNetwork network;
    private final Deque<Node> nodes = new ArrayDeque<>();
    private boolean stuck;

    /** A test that is run in many orders. */
    @FunctionalInterface
    public interface Body {
        /** Runs it once; closing the simulation is left to the caller. */
        void run(Simulation sim) throws Exception;
    }

    private Simulation(long seed) {
        this.seed = seed;
        SplittableRandom root = new SplittableRandom(seed);
        this.scheduler = new Scheduler(root.split());
        this.random = root.split();
        this.nodesRandom = root.split();
        this.dispatcher = new SteppedDispatcher(this, scheduler);
        this.network = new SimulatedNetwork(root.split(), scheduler, dispatcher);
    }

    /** The simulation of this seed; nothing runs yet. */
    public static Simulation of(long seed) {
        return new Simulation(seed);
    }

    /**
     * Runs a test with each of {@code count} seeds from {@code first} on, and stops at the first failure. With the system
     * property {@code mp.seed} only that seed is run.
     *
     * @throws AssertionError for a failure of the test, which is its cause; the text names the seed and the last steps
     */
    public static void seeds(long first, int count, Body test) {
        Long only = Long.getLong("mp.seed");
        if (only != null) {
            replay(only, test);
            return;
        }
        for (long seed = first; seed < first + count; seed++) {
            long unused = replay(seed, test);
        }
    }

    /**
     * Runs a test with one seed.
     *
     * @return a hash of all steps: the same in each run of the same test with the same seed
     * @throws AssertionError as {@link #seeds}
     */
    public static long replay(long seed, Body test) {
        Simulation sim = of(seed);
        try {
            try (sim) {
                test.run(sim);
            }
            return sim.traceHash();
        } catch (Exception | Error failed) {
            throw failed instanceof SeedFailure told ? told : sim.failure("the test failed", failed);
        }
    }

    /** Which seed this is. */
    public long seed() {
        return seed;
    }

    /** The seed's own generator, for the choices of the test. */
    public RandomGenerator random() {
        return random;
    }

    /** What lies between the nodes. */
    public SimulatedNetwork network() {
        return network;
    }

    /**
     * Time and lanes of this simulation for a network in memory, which encodes what it carries and has more faults than
     * {@link #network}: {@code MemoryNetwork.of(sim.seed(), sim.courier())}.
     */
    public Courier courier() {
        return new SimulatedCourier(scheduler, dispatcher);
    }

    /** The simulated time since the beginning. */
    public Duration time() {
        return Duration.ofNanos(scheduler.now());
    }

    /** How many steps have been taken. */
    public long steps() {
        return scheduler.trace().steps();
    }

    /** A hash of all steps so far: equal in two runs if they were the same. */
    public long traceHash() {
        return scheduler.trace().hash();
    }

    // ---- nodes -----------------------------------------------------------------------------------------------------

    /** Starts a node with exactly this ID; closed with the simulation. A closed one may be started again. */
    public Node node(String id) {
        return node(id, c -> c);
    }

    /** Starts a node with settings of the test's own. */
    public Node node(String id, UnaryOperator<NodeConfig.Builder> settings) {
        Node node = Node.configure(c -> {
            NodeConfig.Builder unused = settings.apply(c.nodeId(id)
                    .extension(Clock.class, new SimulatedClock(scheduler, id))
                    .extension(Dispatcher.class, dispatcher)
                    .extension(TransportProvider.class, network)
                    .extension(RandomGenerator.class, nodesRandom));
        });
        nodes.push(node);
        return node;
    }

    /** A probe on a node of this simulation: its expectations take steps, and have 30 simulated seconds for all. */
    public Probe probe(Node node) {
        return Probe.on(node, new SteppedWaiting(this));
    }

    // ---- time and steps --------------------------------------------------------------------------------------------

    /** Takes steps until nothing can run at this moment; time stands still. */
    public void run() {
        Run run = drive(() -> false, scheduler.now());
        requireEnded(run, "run()");
    }

    /** Takes so many steps, or as many as can run at this moment; time stands still. */
    public void steps(int most) {
        long last = steps() + most;
        Run unused = drive(() -> steps() >= last, scheduler.now());
    }

    /** Lets this much time go by, and takes all steps that become due. */
    public void advance(Duration time) {
        long until = Math.addExact(scheduler.now(), time.toNanos());
        Run run = drive(() -> false, until);
        requireEnded(run, "advance(" + time + ")");
        scheduler.setTime(until);
    }

    /**
     * Takes steps, and lets time go by where nothing can run, until something holds.
     *
     * @param what what is waited for, for the text of a failure
     * @throws AssertionError when nothing can happen any more, or not within {@link #LONGEST_WAIT}
     */
    public void until(String what, BooleanSupplier holds) {
        long until = scheduler.now() + LONGEST_WAIT.toNanos();
        Run run = drive(holds, until);
        if (run.end != null) {
            throw failure("waited for \"" + what + "\" in vain: " + run.end, null);
        }
    }

    /** The test's thread waits inside of a verb. */
    void awaitAsDriver(BooleanSupplier over, long nanos) {
        boolean forEver = nanos < 0;
        long until = scheduler.now() + (forEver ? LONGEST_WAIT.toNanos() : nanos);
        Run run = drive(over, until);
        if (run.end != null && forEver) {
            throw failure("the test waits in vain: " + run.end, null);
        }
        if (run.end != null) {
            scheduler.setTime(until);
        }
    }

    private Run drive(BooleanSupplier goal, long until) {
        Run run = new Run(goal, until, steps() + MOST_STEPS);
        try {
            scheduler.drive(run, STEP_PATIENCE_NANOS);
        } catch (StuckStep e) {
            stuck = true;
            throw failure(e.getMessage(), e);
        }
        if (run.failure != null) {
            throw failure(run.end, run.failure);
        }
        return run;
    }

    private void requireEnded(Run run, String what) {
        if (steps() > run.mostSteps) {
            throw failure(what + " does not come to an end: " + run.end, null);
        }
    }

    // ---- failures --------------------------------------------------------------------------------------------------

    /** An error that tells how to see it again. */
    private SeedFailure failure(String text, Throwable cause) {
        return new SeedFailure(String.format(Locale.ROOT,
                "seed %d: %s%s%n  at step %d, %.6f s; run it again with Simulation.replay(%dL, ...) or -Dmp.seed=%d."
                        + " The last steps:%s",
                seed, text, cause == null ? "" : ": " + cause.getMessage(), steps(), scheduler.now() / 1e9, seed, seed,
                scheduler.trace().last()), cause);
    }

    /** A failure that names its seed. */
    private static final class SeedFailure extends AssertionError {
        private static final long serialVersionUID = 1L;

        SeedFailure(String text, Throwable cause) {
            super(text, cause);
        }
    }

    /** Closes the nodes, the last one started first, and ends all threads that still wait. Idempotent. */
    @Override
    public void close() {
        if (stuck) {
            return;
        }
        while (!nodes.isEmpty()) {
            nodes.pop().close();
        }
        try {
            scheduler.end(STEP_PATIENCE_NANOS);
        } catch (StuckStep e) {
            stuck = true;
            throw failure(e.getMessage(), e);
        }
    }
}
