package io.messageport.testkit;

import static io.messageport.Database.atLeast;
import static io.messageport.Database.containing;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Database;
import io.messageport.DatabaseOptions;
import io.messageport.FamilyView;
import io.messageport.Guard;
import io.messageport.Node;
import io.messageport.Port;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The database between nodes that know one seed, over sockets. */
@MpTest(ids = "seed")
record DatabaseAcrossNodesTest(TestNodes nodes, Node seed) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    record Sensor(String room, int floor) {}

    @Test
    @Tag("DB-1")
    @Tag("DB-6")
    void shouldFindPortOfAnotherNodeUntilItDies() throws Exception {
        Node one = nodes.start("one", seed);
        Node two = nodes.start("two", seed);
        Port port = one.port().on("hello", message -> one.send(message.port(0), "hello back"));
        one.db().register("eg_receivers", port.id());
        var found = two.db().await("eg_receivers", atLeast(1), PATIENCE);
        assertEquals(List.of(port.id()), found.ports());
        Probe probe = Probe.on(two);
        two.send(found.ports().getFirst(), "hello", probe.id());
        probe.expect("hello back");
        port.stop();
        assertTrue(two.db().await("eg_receivers", view -> view.isEmpty(), PATIENCE).isEmpty());
        assertEquals(Set.of(), seed.db().keys("eg_receivers"));
    }

    @Test
    @Tag("DB-4")
    void shouldForgetTheEntriesOfAClosedNode() throws Exception {
        Node one = nodes.start("one", seed);
        Node two = nodes.start("two", seed);
        one.db().set("f", "k", new Sensor("hall", 2));
        assertEquals(new Sensor("hall", 2), two.db().await("f", containing("k"), PATIENCE).value("k", Sensor.class));
        ConcurrentLinkedQueue<Map<String, Object>> told = new ConcurrentLinkedQueue<>();
        try (Guard watch = two.db().watch("f", change -> told.add(Map.copyOf(change.now().entries())))) {
            await().atMost(PATIENCE).until(() -> !told.isEmpty());
            one.close();
            await().atMost(PATIENCE).until(() -> told.contains(Map.of()));
        }
        assertEquals(2, told.size(), told::toString);
    }

    @Test
    @Tag("DB-1")
    @Tag("DB-8")
    void shouldGoOnWithAnotherMasterWhenOneIsClosed() throws Exception {
        Node other = nodes.start("other", seed);
        Node one = nodes.start("one", c -> c.seed(TestNodes.addresses(seed, other)));
        Node two = nodes.start("two", c -> c.seed(TestNodes.addresses(other, seed)));
        Guard set = one.db().set("f", "k", "v");
        assertEquals("v", two.db().await("f", containing("k"), PATIENCE).value("k"));
        seed.close();
        one.db().set("f", "later", "v");
        assertEquals(Set.of("k", "later"), two.db().await("f", containing("later"), PATIENCE).keys());
        assertEquals(Set.of("k", "later"), one.db().await("f", atLeast(2), PATIENCE).keys());
        assertTrue(set.cancel());
        assertEquals(Set.of("later"), two.db().await("f", view -> view.size() == 1, PATIENCE).keys());
    }

    @Test
    @Tag("DB-4")
    void shouldHideShortAbsenceOfASeedWhenThereIsGrace() throws Exception {
        String address = seed.addresses().getFirst();
        Node one = nodes.start("one", c -> c.seed(address).database(DatabaseOptions.withGrace(PATIENCE)));
        Node two = nodes.start("two", c -> c.seed(address).database(DatabaseOptions.withGrace(PATIENCE)));
        one.db().set("f", "k", "v");
        assertEquals("v", two.db().await("f", containing("k"), PATIENCE).value("k"));
        ConcurrentLinkedQueue<Map<String, Object>> told = new ConcurrentLinkedQueue<>();
        try (Guard watch = two.db().watch("f", change -> told.add(Map.copyOf(change.now().entries())))) {
            await().atMost(PATIENCE).until(() -> !told.isEmpty());
            seed.close();
            try (Node again = Node.configure(c -> c.nodeId("seed").secret(nodes.secret()).bind(address)
                    .database(DatabaseOptions.withGrace(PATIENCE)))) {
                one.db().set("f", "later", "v");
                assertEquals(2, again.db().await("f", atLeast(2), PATIENCE).size());
                assertEquals(2, two.db().await("f", atLeast(2), PATIENCE).size());
            }
        }
        assertEquals(List.of(Map.of("k", "v"), Map.of("k", "v", "later", "v")), List.copyOf(told));
    }

    @Test
    @Tag("DB-2")
    void shouldListAllNodesAndWhereTheyListenUntilTheyGo() throws Exception {
        Node one = nodes.start("one", seed);
        Node two = nodes.start("two", seed);
        Map<String, Object> all = Map.of("seed", seed.addresses(), "one", one.addresses(), "two", two.addresses());
        for (Node node : List.of(seed, one, two)) {
            assertEquals(all, node.db().await(Database.NODES, atLeast(3), PATIENCE).entries());
            assertEquals(Set.of("seed"), node.db().await(Database.GLOBALS, atLeast(1), PATIENCE).keys());
        }
        two.close();
        assertEquals(Set.of("seed", "one"), one.db().await(Database.NODES, view -> view.size() == 2, PATIENCE).keys());
    }

    @Test
    @Tag("DB-6")
    void shouldForgetAPortOfAnotherNodeWhenItDies() throws Exception {
        Node one = nodes.start("one", seed);
        Node two = nodes.start("two", seed);
        Port port = two.port().ignoreUnmatched();
        one.db().register("f", port.id(), "registered by one");
        assertEquals(List.of(port.id()), two.db().await("f", atLeast(1), PATIENCE).ports());
        port.stop();
        assertTrue(seed.db().await("f", FamilyView::isEmpty, PATIENCE).isEmpty());
        one.db().register("f", port.id());
        assertTrue(one.db().await("f", FamilyView::isEmpty, PATIENCE).isEmpty(), "shown until its node has said so");
    }

    @Test
    void shouldCarryManyEntriesBesideSmallMessages() throws Exception {
        Node one = nodes.start("one", seed);
        Node two = nodes.start("two", seed);
        for (int i = 0; i < 20_000; i++) {
            one.db().set("many", "key" + i, "value " + i);
        }
        assertEquals(20_000, two.db().await("many", atLeast(20_000), PATIENCE).size());
        assertEquals("value 7", seed.db().family("many").value("key7"));
    }
}
