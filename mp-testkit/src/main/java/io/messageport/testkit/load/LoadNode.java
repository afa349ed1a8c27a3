package io.messageport.testkit.load;

import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.runtime.link.TransportProvider;
import io.messageport.testkit.Launch;
import io.messageport.testkit.Parent;
import io.messageport.testkit.fault.Detour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * One node under load in a process of its own. Its arguments are a {@link Setup}. It takes the commands {@code hush},
 * {@code go}, {@code burst N}, {@code forget}, {@code forgot}, which tells whether it has, {@code up}, which gives the nodes
 * it is connected to, and {@code close}, with which it closes its node and ends.
 */
public final class LoadNode {
    private LoadNode() {}

    /**
     * What one such process is told.
     *
     * @param node its number; its node ID is {@link Load#id}
     * @param life counts from 0
     * @param journal the file to make
     * @param bind where to listen, {@code host:port}
     * @param addresses where it reaches the others, by their numbers
     * @param senders on each node
     * @param receivers on each node
     * @param pace the pause of a sender after one message to each receiver
     * @param bulk bytes in every 64th message
     * @param silence after so long without a sign of life a connection is dead; a sign is given three times as often
     * @param window how long a broken connection may take to go on over another socket; zero for not at all
     * @param outbound bytes that may wait for one peer
     */
    public record Setup(
            int node,
            int life,
            Path journal,
            String bind,
            Map<Integer, String> addresses,
            int senders,
            int receivers,
            Duration pace,
            int bulk,
            Duration silence,
            Duration window,
            int outbound) {

        /** Takes a private copy. */
        public Setup {
            addresses = Map.copyOf(addresses);
        }

        /** Two senders and two receivers, 500 rounds of messages in a second, silent for 10 s at most. */
        public static Setup of(int node, Path journal, Map<Integer, String> addresses) {
            return new Setup(node, 0, journal, "127.0.0.1:0", addresses, 2, 2, Duration.ofMillis(2), 4096,
                    Duration.ofSeconds(10), Duration.ofSeconds(5), 8 << 20);
        }

        /** The same node in another life. */
        public Setup reborn(int nextLife, Path file) {
            return new Setup(node, nextLife, file, bind, addresses, senders, receivers, pace, bulk, silence, window,
                    outbound);
        }

        /** With so many senders and receivers. */
        public Setup ports(int sending, int receiving) {
            return new Setup(node, life, journal, bind, addresses, sending, receiving, pace, bulk, silence, window,
                    outbound);
        }

        /** With this pause, and so many bytes in every 64th message. */
        public Setup load(Duration pause, int bytes) {
            return new Setup(node, life, journal, bind, addresses, senders, receivers, pause, bytes, silence, window,
                    outbound);
        }

        /** With this patience for a silent peer, half of it for a broken one, and room for bytes that it does not take. */
        public Setup patience(Duration silent, int bytes) {
            return new Setup(node, life, journal, bind, addresses, senders, receivers, pace, bulk, silent,
                    silent.dividedBy(2), bytes);
        }

        /** With this time to go on over another socket. */
        public Setup window(Duration time) {
            return new Setup(node, life, journal, bind, addresses, senders, receivers, pace, bulk, silence, time,
                    outbound);
        }

        /** To be started. */
        public Launch launch() {
            String others = new TreeMap<>(addresses).entrySet().stream()
                    .map(entry -> entry.getKey() + "@" + entry.getValue()).collect(Collectors.joining(","));
            return Launch.of(LoadNode.class, "node=" + node, "life=" + life, "journal=" + journal, "bind=" + bind,
                    "addresses=" + others, "senders=" + senders, "receivers=" + receivers, "pace=" + pace,
                    "bulk=" + bulk, "silence=" + silence, "window=" + window, "outbound=" + outbound)
                    .named("n" + node + "." + life)
                    .options("-Xmx96m");
        }

        static Setup parse(String... args) {
            Map<String, String> all = new HashMap<>();
            for (String arg : args) {
                String[] keyAndValue = arg.split("=", 2);
                var unused = all.put(keyAndValue[0], keyAndValue[1]);
            }
            Map<Integer, String> addresses = new HashMap<>();
            for (String one : all.get("addresses").split(",")) {
                if (!one.isEmpty()) {
                    String[] numberAndPlace = one.split("@", 2);
                    var unused = addresses.put(Integer.valueOf(numberAndPlace[0]), numberAndPlace[1]);
                }
            }
            return new Setup(Integer.parseInt(all.get("node")), Integer.parseInt(all.get("life")),
                    Path.of(all.get("journal")), all.get("bind"), addresses, Integer.parseInt(all.get("senders")),
                    Integer.parseInt(all.get("receivers")), Duration.parse(all.get("pace")),
                    Integer.parseInt(all.get("bulk")), Duration.parse(all.get("silence")),
                    Duration.parse(all.get("window")),
                    Integer.parseInt(all.get("outbound")));
        }

        /** The node itself, without its load, in this process; the detour learns the addresses of the setup. */
        public Node start(String secret, Detour detour) {
            addresses.forEach((number, address) -> {
                Detour unused = detour.reach(Load.id(number), address);
            });
            return Node.configure(c -> {
                var unused = c.nodeId(Load.id(node).value()).secret(secret).bind(bind)
                        .silenceLimit(silence)
                        .heartbeatInterval(silence.dividedBy(3))
                        .handshakeTimeout(silence)
                        .monitorTimeout(silence)
                        .connectInterval(silence.dividedBy(2))
                        .resumeWindow(window)
                        .outboundLimit(outbound)
                        .extension(TransportProvider.class, detour);
            });
        }

        /** The plan of its load. */
        public Load.Plan plan() {
            List<Integer> nodes = new ArrayList<>(addresses.keySet());
            nodes.add(node);
            return new Load.Plan(nodes, senders, receivers, pace, bulk);
        }
    }

    /** Runs until it is told to close, or its parent dies. */
    public static void main(String... args) throws Exception {
        Parent parent = Parent.attach();
        Setup setup = Setup.parse(args);
        Journal journal = Journal.create(setup.journal(), setup.node(), setup.life());
        CountDownLatch closing = new CountDownLatch(1);
        try (Node node = setup.start(System.getenv(NodeConfig.SECRET_VARIABLE), Detour.none())) {
            Load load = Load.on(node, journal, setup.plan()).begin();
            parent.on("hush", words -> {
                load.hush();
                return "hushed";
            }).on("go", words -> {
                load.go();
                return "going";
            }).on("burst", words -> {
                load.burst(Long.parseLong(words.getFirst()));
                return "begun";
            }).on("forget", words -> {
                load.forget();
                return "will forget one";
            }).on("forgot", words -> Boolean.toString(load.hasForgotten())).on("up", words -> node.upNodes().toString())
                    .on("close", words -> {
                        closing.countDown();
                        return "closing";
                    });
            parent.ready(node);
            closing.await();
        }
    }
}
