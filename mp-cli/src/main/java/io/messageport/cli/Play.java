package io.messageport.cli;

import io.messageport.NodeConfig;
import io.messageport.cli.Script.Step;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Performs a {@link Script}: starts its cast as processes, types what they say, checks what they see. Whatever it has
 * started, {@link #close} ends; that may be called from any thread, everything else by one.
 */
final class Play implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String READY = "ready ";

    private final Transcript transcript;
    private final Path directory;
    private final Map<String, String> environment =
            Map.of(NodeConfig.SECRET_VARIABLE, new BigInteger(256, new SecureRandom()).toString(Character.MAX_RADIX));

    private final Map<String, ChildProcess> cast = new ConcurrentHashMap<>();
    private final Map<String, String> programs = new HashMap<>();
    private String seedAddress;
    private volatile boolean closed;

    /** A play whose processes run in this directory, and leave their logs there. */
    Play(Transcript transcript, Path directory) {
        this.transcript = transcript;
        this.directory = directory;
    }

    /**
     * Performs a script from beginning to end.
     *
     * @return how many lines were seen as expected
     * @throws DemoFailure when something goes otherwise than written
     */
    int perform(Script script) throws IOException, InterruptedException {
        int seen = 0;
        for (Step step : script.steps()) {
            switch (step) {
                case Step.Remark remark -> transcript.remark(remark.text());
                case Step.Start start -> start(start.name(), start.program());
                case Step.Says says -> {
                    transcript.says(says.name(), says.text());
                    player(says.name()).type(says.text());
                }
                case Step.Sees sees -> {
                    expect(sees);
                    seen++;
                }
                case Step.Kill kill -> {
                    transcript.happens(kill.name(), "killed hard");
                    player(kill.name()).close();
                }
                case Step.Restart restart -> start(restart.name(), programs.get(restart.name()));
                case Step.Leaves leaves -> {
                    transcript.says(leaves.name(), "/quit");
                    player(leaves.name()).type("/quit");
                    player(leaves.name()).awaitEnd(PATIENCE);
                }
            }
        }
        return seen;
    }

    private void expect(Step.Sees sees) throws InterruptedException {
        String line = player(sees.name()).nextLine(PATIENCE, "see \"" + sees.text() + '"');
        if (!line.equals(sees.text())) {
            throw new DemoFailure(sees.name() + " should have seen: " + sees.text() + "\n" + sees.name()
                    + " saw instead:      " + line);
        }
    }

    private void start(String name, String program) throws IOException, InterruptedException {
        Example example = Example.named(program)
                .orElseThrow(() -> new DemoFailure("the script starts an unknown program: " + program));
        programs.put(name, program);
        List<String> args = new ArrayList<>(List.of("--until-eof"));
        if (seedAddress != null) {
            args.addAll(List.of("--seed", seedAddress));
        }
        if (example.takesNick()) {
            args = new ArrayList<>(args.subList(1, args.size()));
            args.add(name);
        }
        ChildProcess.Program start =
                new ChildProcess.Program(name, example.main(), args, environment, directory);
        ChildProcess child = ChildProcess.start(start, line -> {
            if (!line.startsWith(READY)) {
                transcript.sees(name, line);
            }
        });
        cast.put(name, child);
        if (closed) {
            child.close();
        }
        String ready = child.nextLine(PATIENCE, "come up and say \"ready\"");
        if (!ready.startsWith(READY)) {
            throw new DemoFailure(name + " should have said that it is ready, but said: " + ready);
        }
        String[] words = ready.split(" ");
        if (seedAddress == null) {
            seedAddress = words[2];
        }
        transcript.happens(name, program + " is up as node " + words[1] + " at " + words[2]);
    }

    private ChildProcess player(String name) {
        ChildProcess player = cast.get(name);
        if (player == null) {
            throw new DemoFailure("the script has not started " + name);
        }
        return player;
    }

    /** Whether it was ended from outside. */
    boolean isClosed() {
        return closed;
    }

    /** Ends all processes. */
    @Override
    public void close() {
        closed = true;
        cast.values().forEach(ChildProcess::close);
    }
}
