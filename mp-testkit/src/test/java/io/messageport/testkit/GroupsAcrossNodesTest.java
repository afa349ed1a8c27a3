package io.messageport.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.messageport.GroupRouter;
import io.messageport.Node;
import io.messageport.PortId;
import io.messageport.Routing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Groups whose members live on several nodes, over sockets. */
@MpTest(ids = "seed")
@Tag("DB-9")
record GroupsAcrossNodesTest(TestNodes nodes, Node seed) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    @Tag("SND-4")
    void shouldPublishInOrderWithAllElse() throws Exception {
        Node sender = nodes.start("sender", seed);
        Node one = nodes.start("one", seed);
        Node two = nodes.start("two", seed);
        List<Probe> members = List.of(Probe.on(one), Probe.on(one), Probe.on(two), Probe.on(sender));
        for (Probe member : members) {
            Node home = nodes.node(member.id().node().value());
            var unused = home.groups().join("g", member.id());
        }
        await().atMost(PATIENCE).until(() -> sender.groups().members("g").size() == members.size());
        for (int i = 0; i < 50; i++) {
            assertEquals(members.size(), sender.groups().publish("g", "to all", i));
            for (Probe member : members) {
                sender.send(member.id(), "to you", i);
            }
        }
        for (Probe member : members) {
            for (int i = 0; i < 50; i++) {
                assertEquals(i, member.expect("to all").intValue(0));
                assertEquals(i, member.expect("to you").intValue(0));
            }
        }
    }

    @Test
    void shouldRouteKeysAlikeOnEveryNode() throws Exception {
        Node one = nodes.start("one", seed);
        Node two = nodes.start("two", seed);
        for (int i = 0; i < 6; i++) {
            Node home = List.of(seed, one, two).get(i % 3);
            var unused = home.groups().join("g", home.port().id());
        }
        List<Map<String, PortId>> choices = new ArrayList<>();
        for (Node node : List.of(seed, one, two)) {
            try (GroupRouter router = node.groups().router("g", Routing.CONSISTENT_HASH)) {
                await().atMost(PATIENCE).until(() -> router.members().size() == 6);
                Map<String, PortId> chosen = new HashMap<>();
                for (int i = 0; i < 100; i++) {
                    chosen.put("key" + i, router.next("key" + i).orElseThrow());
                }
                choices.add(chosen);
            }
        }
        assertEquals(choices.get(0), choices.get(1));
        assertEquals(choices.get(0), choices.get(2));
    }
}
