package io.messageport.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is compared: each workload by name, with the peers it has and how many times faster than a peer it must be. */
enum Workload {
    PING_PONG("ping-pong", PingPong.class, Group.TABLE, new Peer("pekko", "pekko", 6)),
    ONE_TO_ONE("one-to-one", OneToOne.class, Group.TABLE, new Peer("pekko", "pekko", 4)),
    FOUR_TO_ONE("four-to-one", FourToOne.class, Group.TABLE, new Peer("pekko", "pekko", 4)),
    RING("ring", Ring.class, Group.TABLE, new Peer("pekko", "pekko", 4)),
    BIG("big", Big.class, Group.TABLE, new Peer("pekko", "pekko", 3)),
    FORK_JOIN("fork-join", ForkJoin.class, Group.TABLE, new Peer("pekko", "pekko", 4)),
    SPAWN("spawn", Spawn.class, Group.TABLE, new Peer("pekko", "pekko", 8),
            new Peer("pekko-classic", "pekkoClassic", Peer.NO_TARGET)),
    CALL("call", CallReply.class, Group.TABLE, new Peer("pekko", "pekko", 4)),
    TYPED("typed", Typed.class, Group.TABLE, new Peer("tags", "tags", 1 / 1.3)),

    CHAMENEOS("chameneos", Chameneos.class, Group.SAVINA, Peer.FOR_COMPARISON),
    DICTIONARY("dictionary", Dictionary.class, Group.SAVINA, Peer.FOR_COMPARISON),
    BOUNDED_BUFFER("bounded-buffer", BoundedBuffer.class, Group.SAVINA, Peer.FOR_COMPARISON),
    PHILOSOPHERS("philosophers", Philosophers.class, Group.SAVINA, Peer.FOR_COMPARISON),
    BARBER("barber", Barber.class, Group.SAVINA, Peer.FOR_COMPARISON),
    BANK("bank", Bank.class, Group.SAVINA, Peer.FOR_COMPARISON),
    FIBONACCI("fibonacci", Fibonacci.class, Group.SAVINA, Peer.FOR_COMPARISON),
    SIEVE("sieve", Sieve.class, Group.SAVINA, Peer.FOR_COMPARISON);

    /** Which workloads are asked for together. */
    enum Group {
        /** Those with a target, which are measured when nothing else is asked for. */
        TABLE,
        /** Further ones of the Savina suite. */
        SAVINA
    }

    /** The benchmark method that measures us, in every class. */
    static final String OURS = "ours";

    private final String label;
    private final Class<?> type;
    private final Group group;
    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Peer> peers;

    /**
     * Whom we are compared with.
     *
     * @param label its name in the line
     * @param method the benchmark method
     * @param target how many times faster than it we must be; not a number when there is no target
     */
    record Peer(String label, String method, double target) {
        /** The target of a peer that is shown and not judged. */
        static final double NO_TARGET = Double.NaN;

        /** Pekko typed, not judged. */
        static final Peer FOR_COMPARISON = new Peer("pekko", "pekko", NO_TARGET);

        boolean hasTarget() {
            return !Double.isNaN(target);
        }
    }

    Workload(String label, Class<?> type, Group group, Peer... peers) {
        this.label = label;
        this.type = type;
        this.group = group;
        this.peers = List.of(peers);
    }

    String label() {
        return label;
    }

    List<Peer> peers() {
        return peers;
    }

    /** The expression that selects one benchmark method of this workload, and no other, for JMH. */
    String selector(String method) {
        return '^' + type.getName().replace(".", "\\.") + "\\." + method + '$';
    }

    Class<?> type() {
        return type;
    }

    static List<Workload> of(Group group) {
        return Arrays.stream(values()).filter(workload -> workload.group == group).toList();
    }

    static Optional<Workload> labelled(String label) {
        return Arrays.stream(values()).filter(workload -> workload.label.equals(label)).findFirst();
    }

    static String labels(Group group) {
        return of(group).stream().map(Workload::label).collect(Collectors.joining(","));
    }
}
