package io.messageport.cli.chaos;

import io.messageport.testkit.ForkedNode;
import io.messageport.testkit.load.Guarantee;
import io.messageport.testkit.load.Life;
import io.messageport.testkit.load.Verdict;
import io.messageport.testkit.load.Violation;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** One run: the storm comes over the cluster, round by round, and what was written is judged after each. For one thread. */
final class Chaos {
    /** How long a healed network may take to come to rest. */
    private static final long REST_NANOS = 30_000_000_000L;

    /** After so many rounds the network has to come to rest. */
    private static final int ROUNDS_TO_REST = 20;

    private static final int ROUNDS_TO_LINE = 10;
    private static final long LOOK_MILLIS = 50;

    private final Cluster cluster;
    private final Storm storm;
    private final Consumer<String> say;
    private final long begun = System.nanoTime();
    private String lastActs = "none";

    Chaos(Cluster cluster, Storm storm, Consumer<String> say) {
        this.cluster = cluster;
        this.storm = storm;
        this.say = say;
    }

    /**
     * Runs it to its end.
     *
     * @param planted the round, counted from 1, before which a receiver is told to forget a message; 0 for none
     * @throws ChaosFailure when something does not hold
     */
    Verdict run(int planted) throws IOException, InterruptedException {
        cluster.start();
        int count = storm.rounds().size();
        for (int i = 1; i <= count; i++) {
            if (i == planted) {
                plant();
            }
            Storm.Round round = storm.rounds().get(i - 1);
            lastActs = round.acts().toString();
            perform(round);
            Verdict sofar = Guarantee.check(cluster.journals().read());
            judge(sofar, i);
            if (i % ROUNDS_TO_LINE == 0 || i == count) {
                say.accept(
                        String.format(Locale.ROOT, "round %d/%d, %.0f s: %s late=%d under_way=%d epochs=%d", i, count,
                                (System.nanoTime() - begun) / 1e9, sofar.summary(), sofar.late(), sofar.underWay(),
                                sofar.epochs()));
            }
            if (i % ROUNDS_TO_REST == 0 && i < count) {
                rest(i);
                cluster.all().forEach(node -> {
                    String unused = node.ask("go");
                });
            }
        }
        return rest(count);
    }

    /** Has a receiver forget a message, and waits until another one has come behind it. */
    private void plant() throws InterruptedException {
        String unused = cluster.node(1).ask("forget");
        long deadline = System.nanoTime() + REST_NANOS;
        while (!Boolean.parseBoolean(cluster.node(1).ask("forgot")) && System.nanoTime() - deadline < 0) {
            sleepUntil(System.nanoTime() + LOOK_MILLIS * 1_000_000L);
        }
    }

    private void perform(Storm.Round round) throws InterruptedException {
        long start = System.nanoTime();
        for (Act act : round.acts()) {
            begin(act);
        }
        for (Act act : round.acts().stream().sorted(Comparator.comparingInt(Act::millis)).toList()) {
            sleepUntil(start + act.millis() * 1_000_000L);
            end(act);
        }
        sleepUntil(System.nanoTime() + round.calm() * 1_000_000L);
    }

    private void begin(Act act) {
        switch (act) {
            case Act.Kill a -> cluster.node(a.node()).kill9();
            case Act.Close a -> {
                ForkedNode node = cluster.node(a.node());
                String unused = node.ask("close");
                int code = node.awaitExit();
                if (code != 0) {
                    throw new ChaosFailure(node + " was told to close, and ended with code " + code);
                }
            }
            case Act.Stop a -> cluster.node(a.node()).stop();
            case Act.Cut a -> cluster.wires().cut(a.one(), a.other());
            case Act.HalfOpen a -> cluster.wires().halfOpen(a.one(), a.other());
            case Act.OneWay a -> cluster.wires().oneWay(a.from(), a.to());
            case Act.Partition a -> cluster.wires().partition(a.group());
            case Act.Burst a -> {
                String unused = cluster.node(a.node()).ask("burst", Integer.toString(a.messages()));
            }
            case Act.Calm a -> {
                // That is it.
            }
        }
    }

    private void end(Act act) {
        switch (act) {
            case Act.Kill a -> cluster.restart(a.node());
            case Act.Close a -> cluster.restart(a.node());
            case Act.Stop a -> cluster.node(a.node()).resume();
            case Act.HalfOpen a -> cluster.wires().heal();
            case Act.OneWay a -> cluster.wires().heal();
            case Act.Partition a -> cluster.wires().heal();
            case Act.Cut a -> {
                // Over at once.
            }
            case Act.Burst a -> {
                // Over by itself.
            }
            case Act.Calm a -> {
                // Over by itself.
            }
        }
    }

    private void judge(Verdict verdict, int round) {
        List<ForkedNode> dead = cluster.dead();
        if (!dead.isEmpty() && !cluster.isClosed()) {
            throw new ChaosFailure("round " + round + ", " + lastActs + ": " + dead.getFirst()
                    + " ended by itself with code " + dead.getFirst().awaitExit());
        }
        if (!verdict.isClean()) {
            throw ChaosFailure.of(verdict.summary() + "\nround " + round + ", " + lastActs + ": "
                    + verdict.violations().size() + " violation(s)", verdict.violations());
        }
    }

    /** With nothing broken and nothing more sent, all that is under way arrives, and everyone reaches everyone. */
    private Verdict rest(int round) throws IOException, InterruptedException {
        for (ForkedNode node : cluster.all()) {
            String unused = node.ask("hush");
        }
        long deadline = System.nanoTime() + REST_NANOS;
        List<Life> lives = cluster.journals().read();
        List<Violation> unsettled = Guarantee.unsettled(lives);
        while (!unsettled.isEmpty() && System.nanoTime() - deadline < 0) {
            sleepUntil(System.nanoTime() + LOOK_MILLIS * 1_000_000L);
            lives = cluster.journals().read();
            unsettled = Guarantee.unsettled(lives);
        }
        Verdict verdict = Guarantee.checkSettled(lives);
        judge(verdict, round);
        return verdict;
    }

    private void sleepUntil(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        if (left > 0) {
            Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
        }
        if (cluster.isClosed()) {
            throw new InterruptedException("the run is being ended");
        }
    }
}
