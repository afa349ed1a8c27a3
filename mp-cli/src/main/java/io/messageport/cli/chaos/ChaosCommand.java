package io.messageport.cli.chaos;

import io.messageport.testkit.load.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mp chaos}: exit code 0 only when not one message was lost without a word, doubled or out of order. */
@Command(name = "chaos", mixinStandardHelpOptions = true,
        description = {"Kills, stops, cuts and heals real node processes under numbered load, and checks what arrived:",
            "of each sender at each port an exact prefix until the monitor fires, nothing twice, nothing out of order,",
            "nothing new before the monitor. Exit code 0 when all of that holds, else 1."})
public final class ChaosCommand implements Callable<Integer> {
    private static final int MOST_ROUNDS = 1_000_000;
    private static final int MOST_NODES = 16;

    @Spec
    private CommandSpec spec;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "20",
            description = "how many rounds, each with one or two faults; default ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--seed", paramLabel = "S", description = "what the faults are drawn from; default is a random one")
    private Long seed;

    @Option(names = "--nodes", paramLabel = "K", defaultValue = "3",
            description = "how many processes, 2 to " + MOST_NODES + "; default ${DEFAULT-VALUE}")
    private int nodes;

    @Option(names = "--keep", paramLabel = "DIR",
            description = "keep journals and logs there, in a directory that must not exist yet")
    private Path keep;

    /** For the test of the check itself. */
    @Option(names = "--plant", hidden = true, defaultValue = "0",
            description = "before this round, have a receiver forget a message")
    private int plant;

    @Override
    public Integer call() throws IOException {
        within("--rounds", rounds, 1, MOST_ROUNDS);
        within("--nodes", nodes, 2, MOST_NODES);
        if (keep != null && Files.exists(keep)) {
            throw new ParameterException(spec.commandLine(),
                    "--keep " + keep + " exists; name a directory that does not");
        }
        long drawnFrom = seed != null ? seed : ThreadLocalRandom.current().nextLong(1_000_000_000);
        Path directory = keep != null ? Files.createDirectories(keep) : Files.createTempDirectory("messageport-chaos");
        say("seed " + drawnFrom + ", " + rounds + " rounds, " + nodes + " nodes");
        boolean clean = false;
        Cluster cluster = new Cluster(nodes, directory);
        Thread onInterrupt = new Thread(cluster::close, "end the chaos");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try (cluster) {
            Verdict verdict = new Chaos(cluster, Storm.of(drawnFrom, rounds, nodes), this::say).run(plant);
            say(verdict.summary());
            clean = true;
            return 0;
        } catch (ChaosFailure | AssertionError e) {
            say("\nFAILED: " + e.getMessage());
            say("\njournals and logs: " + cluster.keepLogs());
            say("to replay the faults: ./mp chaos --rounds " + rounds + " --seed " + drawnFrom + " --nodes " + nodes);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            say("interrupted");
            return 1;
        } finally {
            forget(onInterrupt);
            if (clean && keep == null) {
                delete(directory);
            }
        }
    }

    private void within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(spec.commandLine(),
                    option + " must be from " + least + " to " + most + ", not " + value);
        }
    }

    private void say(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The program is on its way out, and the hook does its work.
        }
    }
}
