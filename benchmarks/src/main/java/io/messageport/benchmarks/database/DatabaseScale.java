package io.messageport.benchmarks.database;

import io.messageport.FamilyChange;
import io.messageport.Node;
import io.messageport.runtime.link.TransportProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * {@code benchmarks/compare database}: 200 nodes, three of them global, with 20 000 entries and 1 000 watchers of one
 * family. How long it takes until all know, and how many messages of the database's that is.
 *
 * <p>Options: {@code --nodes N --entries N --watchers N --changes N}. One line a question; exit code 1 when something does
 * not come about within two minutes.
 */
public final class DatabaseScale {
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final int GLOBALS = 3;
    private static final String WATCHED = "watched";
    private static final String LOAD = "load";

    private final CountedNetwork network = new CountedNetwork();
    private final List<Node> nodes = new ArrayList<>();

    /** How often a listener was told that there is something. */
    private final LongAdder told = new LongAdder();

    private final int size;
    private final int entries;
    private final int watchers;
    private final int changes;

    private DatabaseScale(int size, int entries, int watchers, int changes) {
        this.size = size;
        this.entries = entries;
        this.watchers = watchers;
        this.changes = changes;
    }

    public static void main(String... args) throws Exception {
        // One global node is lost on purpose, and each of the others would warn of it.
        System.setProperty("org.slf4j.simpleLogger.log.io.messageport.runtime.network.Seeds", "error");
        DatabaseScale scale = new DatabaseScale(option(args, "--nodes", 200), option(args, "--entries", 20_000),
                option(args, "--watchers", 1_000), option(args, "--changes", 200));
        try {
            scale.run();
        } catch (IllegalStateException late) {
            System.err.println(late.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    private static int option(String[] args, String name, int otherwise) {
        for (int i = 0; i + 1 < args.length; i++) {
            if (args[i].equals(name)) {
                return Integer.parseInt(args[i + 1]);
            }
        }
        return otherwise;
    }

    private void run() throws InterruptedException {
        for (int i = 0; i < size; i++) {
            start(i);
        }
        until("all nodes to be connected", () -> nodes.stream().allMatch(node -> node.upNodes().size() >= GLOBALS - 1));
        fill();
        watch();
        change("change-watched", WATCHED);
        change("change-unwatched", "unwatched");
        loseGlobal();
    }

    private void start(int number) {
        String id = number < GLOBALS ? "global" + number : "node" + number;
        nodes.add(Node.configure(c -> {
            c.nodeId(id).bind("*").extension(TransportProvider.class, network);
            c.global(number < GLOBALS);
            for (int i = 0; i < GLOBALS; i++) {
                if (i != number) {
                    c.seed("memory:global" + (number + i) % GLOBALS);
                }
            }
        }));
    }

    private void until(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited in vain for " + what);
            }
            LockSupport.parkNanos(200_000);
        }
    }

    private boolean all(String family, int keys, int nodeCount) {
        for (int i = 0; i < nodeCount; i++) {
            try {
                if (nodes.get(i).db().family(family).size() != keys) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        return true;
    }

    private void print(String workload, long begun, long messagesBefore, int operations) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        long messages = network.messages() - messagesBefore;
        System.out.println(String.format(Locale.ROOT,
                "workload=%s nodes=%d entries=%d watchers=%d operations=%d seconds=%.3f ms_per_operation=%.3f messages=%d"
                        + " messages_per_operation=%.2f",
                workload, size, entries, watchers, operations, seconds, seconds * 1e3 / operations, messages,
                (double) messages / operations));
    }

    /** All entries are set, each node its share; until each global node has all of them. */
    private void fill() {
        long before = network.messages();
        long begun = System.nanoTime();
        for (int i = 0; i < entries; i++) {
            nodes.get(i % size).db().set(LOAD, "key" + i, "value of " + i);
        }
        until("all entries at the global nodes", () -> all(LOAD, entries, GLOBALS));
        print("fill", begun, before, entries);
    }

    /** Watchers come, on all nodes alike; until each has had its first call. */
    private void watch() {
        long before = network.messages();
        long begun = System.nanoTime();
        LongAdder first = new LongAdder();
        for (int i = 0; i < watchers; i++) {
            nodes.get(i % size).db().watch(WATCHED, change -> heard(change, first));
        }
        until("the first calls", () -> first.sum() == watchers);
        print("watch", begun, before, watchers);
    }

    private void heard(FamilyChange change, LongAdder first) {
        if (change.added().isEmpty() && change.changed().isEmpty() && change.deleted().isEmpty()) {
            first.increment();
        } else {
            told.increment();
        }
    }

    /** One change after the other: each waits until all watchers, or all global nodes, know of the one before. */
    private void change(String workload, String family) {
        long before = network.messages();
        long begun = System.nanoTime();
        boolean watched = family.equals(WATCHED);
        for (int i = 0; i < changes; i++) {
            long toldBefore = told.sum();
            nodes.get(GLOBALS + i % (size - GLOBALS)).db().set(family, "change" + i, i);
            int keys = i + 1;
            until("a change to be known", () -> watched
                    ? told.sum() == toldBefore + watchers
                    : all(family, keys, GLOBALS));
        }
        print(workload, begun, before, changes);
    }

    /** A global node goes: until the others have all entries but its own again, by way of the masters its slaves choose. */
    private void loseGlobal() {
        long before = network.messages();
        long begun = System.nanoTime();
        Node lost = nodes.removeFirst();
        int left = entries - (entries + size - 1) / size;
        lost.close();
        until("the entries of all who are left", () -> all(LOAD, left, GLOBALS - 1));
        print("lose-global", begun, before, 1);
    }
}
