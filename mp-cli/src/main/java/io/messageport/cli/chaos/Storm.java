package io.messageport.cli.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * What is done in all rounds: the same for the same seed and number of nodes, and a longer storm begins like a shorter
 * one.
 *
 * @param rounds in their order
 */
record Storm(List<Round> rounds) {
    private static final int SHORT_STOP = 1000;
    private static final int LONGER_STOP = 4000;
    private static final int LONGEST_STOP = 15_000;

    Storm {
        rounds = List.copyOf(rounds);
    }

    /**
     * Acts that overlap: all begin at the start of the round, one after the other.
     *
     * @param acts one or two
     * @param calm milliseconds behind them without a fault
     */
    record Round(List<Act> acts, int calm) {
        Round {
            acts = List.copyOf(acts);
        }
    }

    /** Draws the storm. */
    static Storm of(long seed, int rounds, int nodes) {
        Random random = new Random(seed);
        List<Round> all = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            // Each node at most once in a round, so that nobody asks something of a process that is stopped.
            List<Integer> free = new ArrayList<>();
            for (int node = 1; node <= nodes; node++) {
                free.add(node);
            }
            Collections.shuffle(free, random);
            List<Act> acts = new ArrayList<>(List.of(act(random, free, nodes)));
            if (random.nextInt(10) < 3) {
                acts.add(act(random, free, nodes));
            }
            all.add(new Round(acts, 50 + random.nextInt(300)));
        }
        return new Storm(all);
    }

    private static Act act(Random random, List<Integer> free, int nodes) {
        int one = 1 + random.nextInt(nodes);
        int other = 1 + (one + random.nextInt(nodes - 1)) % nodes;
        int which = random.nextInt(100);
        int millis = 100 + random.nextInt(1900);
        int node = free.getFirst();
        if (which < 18) {
            free.removeFirst();
            return new Act.Kill(node, random.nextInt(400));
        }
        if (which < 26) {
            free.removeFirst();
            return new Act.Close(node, random.nextInt(400));
        }
        if (which < 42) {
            free.removeFirst();
            return new Act.Stop(node, stop(random));
        }
        if (which < 56) {
            return new Act.Cut(one, other);
        }
        if (which < 66) {
            return new Act.HalfOpen(one, other, millis);
        }
        if (which < 76) {
            return new Act.OneWay(one, other, millis);
        }
        if (which < 86) {
            return new Act.Partition(group(random, nodes), millis);
        }
        return which < 95 ? new Act.Burst(node, 1000 + random.nextInt(9000)) : new Act.Calm(millis / 4);
    }

    private static int stop(Random random) {
        int kind = random.nextInt(20);
        int least = kind == 0 ? LONGER_STOP : kind < 4 ? SHORT_STOP : 100;
        int most = kind == 0 ? LONGEST_STOP : kind < 4 ? LONGER_STOP : SHORT_STOP;
        return least + random.nextInt(most - least);
    }

    /** Some nodes, but neither none nor all. */
    private static TreeSet<Integer> group(Random random, int nodes) {
        TreeSet<Integer> group = new TreeSet<>();
        int size = 1 + random.nextInt(nodes - 1);
        while (group.size() < size) {
            group.add(1 + random.nextInt(nodes));
        }
        return group;
    }
}
