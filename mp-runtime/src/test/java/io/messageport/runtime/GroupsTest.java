package io.messageport.runtime;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Call;
import io.messageport.Database;
import io.messageport.DatabaseTimeoutException;
import io.messageport.DeadLetter;
import io.messageport.GroupChange;
import io.messageport.GroupRouter;
import io.messageport.Groups;
import io.messageport.Guard;
import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Routing;
import io.messageport.runtime.link.TransportProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Groups, publishing and routers, on a node that is alone. */
@Tag("DB-9")
class GroupsTest extends WithNode {
    private final Groups groups = node.groups();

    record News(String text) {}

    private List<PortId> members(String group, int count) throws InterruptedException {
        List<PortId> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PortId member =
                    node.port(group + i, port -> port.otherwise(m -> seen.add(port.id() + " " + m.values()))).id();
            groups.join(group, member);
            members.add(member);
        }
        var unused = node.db().await(group, Database.atLeast(count), ofSeconds(PATIENCE_SECONDS));
        return members;
    }

    private GroupRouter router(String group, Routing routing, int members) {
        GroupRouter router = groups.router(group, routing);
        await().until(() -> router.members().size() == members);
        return router;
    }

    @Test
    void shouldTellWhoJoinsAndLeaves() throws Exception {
        groups.watch("g", seen::add);
        assertEquals(new GroupChange(List.of(), List.of(), List.of()), next());
        Port one = node.port("one");
        Guard membership = groups.join("g", one.id());
        assertEquals(new GroupChange(List.of(one.id()), List.of(one.id()), List.of()), next());
        assertEquals(List.of(one.id()), groups.members("g"));
        membership.close();
        assertEquals(new GroupChange(List.of(), List.of(), List.of(one.id())), next());
        groups.join("g", one.id());
        assertEquals(List.of(one.id()), ((GroupChange) next()).joined());
        one.stop();
        assertEquals(List.of(one.id()), ((GroupChange) next()).left());
    }

    @Test
    void shouldPublishToAllMembersInOrder() throws Exception {
        List<PortId> members = members("g", 3);
        for (int i = 0; i < 3; i++) {
            assertEquals(3, groups.publish("g", "n", i));
        }
        Map<String, List<Object>> got = new HashMap<>();
        for (int i = 0; i < 9; i++) {
            String[] words = next().toString().split(" ", 2);
            got.computeIfAbsent(words[0], w -> new ArrayList<>()).add(words[1]);
        }
        for (PortId member : members) {
            assertEquals(List.of("[n, 0]", "[n, 1]", "[n, 2]"), got.get(member.toString()));
        }
        assertEquals(0, groups.publish("nobody", "n"));
        groups.publish("g", new News("record"));
        assertTrue(next().toString().endsWith("[news, record]"));
    }

    @Test
    void shouldSendOneMessageToEachNode() throws Exception {
        FakeTransport transport = new FakeTransport();
        try (Node alone = Node.configure(c -> c.nodeId("alone").secret("abcdefgh")
                .extension(TransportProvider.class, transport))) {
            for (String member : List.of("p#1", "p#2", "p#3", "q#1", "not a port", "r")) {
                alone.db().set("g", member);
            }
            assertEquals(4, alone.groups().publish("g", "tag", 7));
            assertEquals(List.of("", "dbp", List.of("1", "2", "3"), "tag", 7),
                    transport.links.get(NodeId.of("p")).sent.take());
            assertEquals(List.of("", "dbp", List.of("1"), "tag", 7), transport.links.get(NodeId.of("q")).sent.take());
            assertEquals(Set.of(NodeId.of("p"), NodeId.of("q")), transport.links.keySet());
        }
    }

    @Test
    void shouldHandPublicationsOfPeersToThePortsTheyName() throws Exception {
        FakeTransport transport = new FakeTransport();
        try (Node here = Node.configure(c -> c.nodeId("here").secret("abcdefgh")
                .extension(TransportProvider.class, transport))) {
            here.port("one", port -> port.otherwise(m -> seen.add("one " + m.values())));
            here.port("two", port -> port.otherwise(m -> seen.add("two " + m.values())));
            List<DeadLetter> dead = new CopyOnWriteArrayList<>();
            here.deadLetters(dead::add);
            FakeTransport.FakeLink peer = transport.connected("peer");
            peer.receive("", "dbp", List.of("one", "gone", "two", 7, ""), "tag", 1L);
            Object first = next();
            Object second = next();
            assertEquals(Set.of("one [tag, 1]", "two [tag, 1]"), Set.of(first, second));
            await().until(() -> dead.size() == 1);
            assertEquals(PortId.of("here#gone"), dead.getFirst().target());
        }
    }

    @Test
    void shouldSayWhyNobodyIsPublishedTo() {
        try (Node lonely =
                Node.configure(c -> c.nodeId("lonely").secret("abcdefgh").seed("seed:1").callTimeout(ofMillis(50))
                        .extension(TransportProvider.class, new FakeTransport()))) {
            assertThrows(DatabaseTimeoutException.class, () -> lonely.groups().publish("g", "tag"));
        }
        assertThrows(IllegalArgumentException.class, () -> groups.publish("not a group", "tag"));
    }

    @Test
    void shouldRouteInTurn() throws Exception {
        List<PortId> members = members("g", 3);
        try (GroupRouter router = router("g", Routing.ROUND_ROBIN, 3)) {
            List<PortId> chosen = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                chosen.add(router.send("n", i));
            }
            List<PortId> twice = new ArrayList<>(members);
            twice.addAll(members);
            assertEquals(twice, chosen);
            assertEquals(members, router.members());
        }
    }

    @Test
    void shouldRouteAtRandomToAll() throws Exception {
        List<PortId> members = members("g", 3);
        GroupRouter router = router("g", Routing.RANDOM, 3);
        Set<PortId> chosen = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            chosen.add(router.next().orElseThrow());
        }
        assertEquals(Set.copyOf(members), chosen);
    }

    @Test
    void shouldRouteToTheLeastLoaded() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        for (int i = 0; i < 3; i++) {
            PortId member = node.port("m" + i, port -> port.on("ask", m -> {
                goOn.await();
                port.reply("done");
            })).id();
            var unused = node.db().register("g", member, i == 2 ? 100 : null);
        }
        GroupRouter router = router("g", Routing.LEAST_LOADED, 3);
        List<Call> calls = new ArrayList<>();
        Set<String> asked = new TreeSet<>();
        for (int i = 0; i < 4; i++) {
            Call call = router.call("ask");
            calls.add(call);
            asked.add(call.target().name());
        }
        assertEquals(Set.of("m0", "m1"), asked);
        assertEquals(2, calls.stream().filter(call -> call.target().name().equals("m0")).count());
        goOn.countDown();
        for (Call call : calls) {
            assertEquals("done", call.await().string(0));
        }
        Set<PortId> next = new HashSet<>();
        await().until(() -> {
            next.add(router.next().orElseThrow());
            return next.size() == 2;
        });
        assertFalse(next.contains(PortId.of(node.id() + "#m2")));
    }

    @Test
    void shouldRouteByKeyAndMoveFewKeysWhenMembersChange() throws Exception {
        List<PortId> members = members("g", 5);
        GroupRouter router = router("g", Routing.CONSISTENT_HASH, 5);
        Map<String, PortId> before = new HashMap<>();
        Map<PortId, Integer> share = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            PortId member = router.next("key" + i).orElseThrow();
            before.put("key" + i, member);
            share.merge(member, 1, Integer::sum);
        }
        share.forEach((member, keys) -> assertTrue(keys > 250 && keys < 550, share::toString));
        node.kill(members.get(2), "enough");
        await().until(() -> router.members().size() == 4);
        before.forEach((key, member) -> {
            PortId now = router.next(key).orElseThrow();
            if (member.equals(members.get(2))) {
                assertNotEquals(member, now);
            } else {
                assertEquals(member, now, key);
            }
        });
        assertThrows(IllegalStateException.class, router::next);
        assertEquals(router.next("key1").orElseThrow(), router.sendFor("key1", "n"));
    }

    @Test
    void shouldSayThatThereIsNobodyToSendTo() {
        GroupRouter router = groups.router("nobody", Routing.ROUND_ROBIN);
        assertTrue(router.next().isEmpty());
        String text = assertThrows(IllegalStateException.class, () -> router.send("n")).getMessage();
        assertTrue(text.contains("knows no member of group nobody"), text);
        router.close();
        assertTrue(assertThrows(IllegalStateException.class, () -> router.send("n")).getMessage().contains("closed"));
        assertThrows(IllegalArgumentException.class, () -> groups.router("no group", Routing.RANDOM));
    }
}
