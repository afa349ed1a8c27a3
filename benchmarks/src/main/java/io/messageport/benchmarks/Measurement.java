package io.messageport.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one benchmark method through JMH, and takes out what the iterations measured. */
final class Measurement {
    /**
     * The heap of every fork, fixed and touched before it begins, so that no side pays for its growth: the first use of
     * each page is a fault of the kernel's, some 40 ns on a message for the first seconds.
     */
    private static final String[] HEAP = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"};

    private final Effort effort;
    private final boolean gc;

    /**
     * How much is done.
     *
     * @param forks JVMs; none is for tests only, which then measure in their own
     * @param warmups iterations of a second before the measuring ones
     * @param iterations iterations that count
     * @param iterationMillis length of one that counts
     */
    record Effort(int forks, int warmups, int iterations, int iterationMillis) {
        /** One JVM, for a figure. */
        static final Effort USUAL = new Effort(1, 3, 5, 1_000);

        /** One JVM, for a look. */
        static final Effort QUICK = new Effort(1, 2, 3, 500);
    }

    /** Measures with this effort; the bytes too if {@code gc}. */
    Measurement(Effort effort, boolean gc) {
        this.effort = effort;
        this.gc = gc;
    }

    /**
     * Measures.
     *
     * @param selector selects one benchmark method
     * @throws RunnerException when it could not run or its result was wrong; the message ends with all that JMH said
     */
    Samples of(String selector) throws RunnerException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Collection<RunResult> results;
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            results = new Runner(options(selector),
                    OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL)).run();
        } catch (RunnerException failed) {
            throw new RunnerException(failed.getMessage() + '\n' + said.toString(StandardCharsets.UTF_8), failed);
        }
        if (results.size() != 1) {
            throw new RunnerException(selector + " selects " + results.size() + " benchmarks instead of one");
        }
        return samples(results.iterator().next());
    }

    private Options options(String selector) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(selector)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .threads(1)
                .forks(effort.forks())
                .warmupIterations(effort.warmups())
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(effort.iterations())
                .measurementTime(TimeValue.milliseconds(effort.iterationMillis()))
                .jvmArgsAppend(HEAP)
                .shouldFailOnError(true);
        if (gc) {
            options.addProfiler(GCProfiler.class);
        }
        return options.build();
    }

    private static Samples samples(RunResult run) {
        List<Double> nanos = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        for (BenchmarkResult fork : run.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                nanos.add(iteration.getPrimaryResult().getScore());
                for (Map.Entry<String, ? extends Result<?>> other : secondary(iteration).entrySet()) {
                    if (other.getKey().endsWith("gc.alloc.rate.norm")) {
                        bytes.add(other.getValue().getScore());
                    }
                }
            }
        }
        return new Samples(nanos, bytes);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // JMH leaves the type of its results raw
    private static Map<String, ? extends Result<?>> secondary(IterationResult iteration) {
        return (Map) iteration.getSecondaryResults();
    }
}
