package io.messageport.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is compared: each workload by name, with the peers it has and how many times faster than Pekko typed it must be. */
enum Workload {
    PING_PONG("ping-pong", PingPong.class, new Peer("pekko", "pekko", 6)),
    ONE_TO_ONE("one-to-one", OneToOne.class, new Peer("pekko", "pekko", 4)),
    FOUR_TO_ONE("four-to-one", FourToOne.class, new Peer("pekko", "pekko", 4)),
    RING("ring", Ring.class, new Peer("pekko", "pekko", 4)),
    SPAWN("spawn", Spawn.class, new Peer("pekko", "pekko", 8), new Peer("pekko-classic", "pekkoClassic", Double.NaN)),
    BIG("big", Big.class, new Peer("pekko", "pekko", 3)),
    FORK_JOIN("fork-join", ForkJoin.class, new Peer("pekko", "pekko", 4)),
    CALL("call", CallReply.class, new Peer("pekko", "pekko", 4));

    /** The benchmark method that measures us, in every class. */
    static final String OURS = "ours";

    private final String label;
    private final Class<?> type;
    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<Peer> peers;

    /**
     * Whom we are compared with.
     *
     * @param label its name in the line
     * @param method the benchmark method
     * @param target how many times faster than it we must be; not a number when there is no target
     */
    record Peer(String label, String method, double target) {}

    Workload(String label, Class<?> type, Peer... peers) {
        this.label = label;
        this.type = type;
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

    static Optional<Workload> labelled(String label) {
        return Arrays.stream(values()).filter(workload -> workload.label.equals(label)).findFirst();
    }

    static String labels() {
        return Arrays.stream(values()).map(Workload::label).collect(Collectors.joining(","));
    }
}
