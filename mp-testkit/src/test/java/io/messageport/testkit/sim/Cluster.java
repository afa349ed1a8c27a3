package io.messageport.testkit.sim;

import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.NodeListener;
import io.messageport.Reason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** The three nodes of a history, what happens to them and to the ways between them. */
final class Cluster {
    private static final List<String> NAMES = List.of("a", "b", "c");

    private final Simulation sim;
    private final RandomGenerator random;
    private final Reference reference;
    private final Ways ways;
    private final UnaryOperator<NodeConfig.Builder> settings;
    private final Map<String, Site> sites = new LinkedHashMap<>();

    Cluster(Simulation sim, Ways ways, Reference reference, UnaryOperator<NodeConfig.Builder> settings) {
        this.sim = sim;
        this.random = sim.random();
        this.reference = reference;
        this.ways = ways;
        this.settings = settings;
        NAMES.forEach(this::start);
        if (!ways.findsAnyone()) {
            sim.until("all are connected", () -> sites.values().stream()
                    .allMatch(site -> site.node.upNodes().size() == NAMES.size() - 1));
        }
    }

    /** The present life of a node. */
    Site named(String name) {
        return sites.get(name);
    }

    private void start(String name) {
        Node node = sim.node(name, c -> ways.join(settings.apply(c)));
        Site site = new Site(name, node);
        sites.put(name, site);
        reference.add(site);
        var unused = node.monitorNodes(new NodeListener() {
            @Override
            public void nodeUp(NodeId peer) {
                reference.nodeUp(site, peer.value());
            }

            @Override
            public void nodeDown(NodeId peer, Reason reason) {
                reference.nodeDown(site, peer.value());
            }
        });
    }

    void restart() {
        Site site = any();
        for (String other : NAMES) {
            if (!other.equals(site.name)) {
                reference.disturb(site.name, other);
            }
        }
        for (Actor actor : site.actors) {
            actor.causes.add(Reason.of("shutdown", "node closed"));
            actor.causes.add(Reason.Died.of(new IllegalStateException("node " + site.name + " is closed")));
        }
        site.node.close();
        site.open = false;
        if (random.nextBoolean()) {
            sim.advance(Duration.ofMillis(random.nextInt(2_000)));
        }
        start(site.name);
    }

    Site any() {
        return sites.get(NAMES.get(random.nextInt(NAMES.size())));
    }

    private String[] pair() {
        int one = random.nextInt(3);
        String[] pair = {NAMES.get(one), NAMES.get((one + 1 + random.nextInt(2)) % 3)};
        reference.disturb(pair[0], pair[1]);
        return pair;
    }

    void cut() {
        String[] pair = pair();
        if (random.nextBoolean()) {
            ways.cut(NodeId.of(pair[0]), NodeId.of(pair[1]));
        } else {
            ways.cutOneWay(NodeId.of(pair[0]), NodeId.of(pair[1]));
        }
    }

    void reset() {
        String[] pair = pair();
        ways.reset(NodeId.of(pair[0]), NodeId.of(pair[1]));
    }

    void heal() {
        ways.heal();
    }

    void pause() {
        sim.advance(Duration.ofMillis(random.nextInt(4) == 0 ? random.nextInt(13_000) : random.nextInt(10)));
    }

    void quiet() {
        sim.run();
        reference.quiet(sites.values());
    }
}
