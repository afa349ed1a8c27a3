package io.messageport.runtime;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Database;
import io.messageport.DatabaseOptions;
import io.messageport.DatabaseTimeoutException;
import io.messageport.FamilyChange;
import io.messageport.FamilyView;
import io.messageport.Guard;
import io.messageport.MessageMismatchException;
import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.runtime.link.TransportProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database of a node that is alone, where everything but the network can be seen. */
class DatabaseTest extends WithNode {
    private final Database db = node.db();

    record Sensor(String room, double celsius, List<String> tags) {}

    private Map<String, Object> contents(String family) throws InterruptedException {
        return db.family(family).entries();
    }

    @Test
    @Tag("DB-2")
    @Tag("DB-7")
    void shouldShowWhatWasSet() throws Exception {
        db.set("f", "b", 2);
        db.set("f", "a");
        db.set("g", "a", List.of("x", 1L));
        FamilyView view = db.family("f");
        assertEquals(List.of("a", "b"), List.copyOf(view.keys()));
        assertEquals(Arrays.asList(null, 2L), view.values());
        assertEquals(Map.of("a", List.of("x", 1L)), contents("g"));
        assertEquals(Set.of("a", "b"), db.keys("f"));
        assertEquals(Arrays.asList(null, 2L), db.values("f"));
        assertTrue(db.family("nothing:here").isEmpty());
    }

    @Test
    @Tag("DB-3")
    void shouldReplaceAndDeleteOwnEntries() throws Exception {
        db.set("f", "k", "old");
        db.set("f", "k", "new");
        assertEquals("new", db.family("f").value("k"));
        assertTrue(db.delete("f", "k"));
        assertFalse(db.delete("f", "k"));
        assertFalse(db.family("f").contains("k"));
    }

    @Test
    @Tag("DB-5")
    void shouldNotDeleteNewerValueWhenOldGuardIsClosed() throws Exception {
        Guard first = db.set("f", "k", 1);
        Guard second = db.set("f", "k", 2);
        assertFalse(first.cancel());
        assertEquals(2L, db.family("f").value("k"));
        assertTrue(second.cancel());
        assertFalse(second.cancel());
        assertTrue(db.family("f").isEmpty());
    }

    @Test
    @Tag("DB-5")
    void shouldBelongToTheLaterGuardWhenSetToTheSameValueAgain() throws Exception {
        Guard first = db.set("f", "k", "same");
        Guard second = db.set("f", "k", "same");
        first.close();
        assertTrue(db.family("f").contains("k"));
        second.close();
        assertFalse(db.family("f").contains("k"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1f", "_f", "'x", "f-x", "f x", "fä", ":f"})
    @Tag("DB-2")
    void shouldRefuseFamilyAndSayWhatWouldBeRight(String family) {
        String text = assertThrows(IllegalArgumentException.class, () -> db.set(family, "k")).getMessage();
        assertTrue(text.startsWith("no family can be called \"" + family + "\": a letter comes first"), text);
        assertThrows(IllegalArgumentException.class, () -> db.watch(family, change -> {}));
        assertThrows(IllegalArgumentException.class, () -> db.family(family));
        assertThrows(IllegalArgumentException.class, () -> db.delete(family, "k"));
    }

    @Test
    @Tag("DB-2")
    void shouldRefuseKeysAndValuesThatDoNotFit() throws Exception {
        assertThrows(IllegalArgumentException.class, () -> db.set("f", ""));
        assertThrows(IllegalArgumentException.class, () -> db.set("f", "k".repeat(Database.LONGEST_KEY + 1)));
        assertThrows(IllegalArgumentException.class, () -> db.set("f".repeat(Database.LONGEST_FAMILY + 1), "k"));
        String text = assertThrows(IllegalArgumentException.class,
                () -> db.set("f", "k", new byte[Database.LARGEST_VALUE])).getMessage();
        assertEquals("key \"k\" of family f cannot have this value: the value takes more than 65536 bytes", text);
        assertThrows(IllegalArgumentException.class, () -> db.set("f", "k", new Object()));
        db.set("f".repeat(Database.LONGEST_FAMILY), "k".repeat(Database.LONGEST_KEY), new byte[65_000]);
        assertTrue(contents("f").isEmpty());
    }

    @Test
    @Tag("DB-2")
    void shouldKeepCopyOfTheValue() throws Exception {
        List<Object> list = new ArrayList<>(List.of(1, "x"));
        db.set("f", "k", list);
        list.clear();
        List<?> kept = (List<?>) db.family("f").value("k");
        assertEquals(List.of(1L, "x"), kept);
        assertThrows(UnsupportedOperationException.class, kept::clear);
        assertThrows(UnsupportedOperationException.class, () -> db.family("f").entries().clear());
        assertThrows(UnsupportedOperationException.class, () -> db.family("f").keys().remove("k"));
    }

    @Test
    void shouldReadValuesAsTypes() throws Exception {
        Sensor sensor = new Sensor("hall", 20.5, List.of("new"));
        db.set("f", "s", sensor);
        db.set("f", "n", 7);
        db.set("f", "port", node.port().id());
        FamilyView view = db.family("f");
        assertEquals(sensor, view.value("s", Sensor.class));
        assertEquals(7, view.value("n", Integer.class));
        assertInstanceOf(PortId.class, view.value("port", PortId.class));
        assertNull(view.value("missing", Sensor.class));
        String text = assertThrows(MessageMismatchException.class, () -> view.value("n", Sensor.class)).getMessage();
        assertTrue(text.contains("the value of key \"n\" of family f"), text);
    }

    @Test
    @Tag("DB-6")
    void shouldForgetPortWhenItDies() throws Exception {
        Port port = node.port();
        Guard guard = db.register("f", port.id(), "meta");
        assertEquals(List.of(port.id()), db.family("f").ports());
        assertEquals("meta", db.family("f").value(port.id().toString()));
        port.stop();
        await().until(() -> db.family("f").isEmpty());
        assertFalse(guard.cancel());
    }

    @Test
    @Tag("DB-6")
    void shouldNeverShowPortThatWasDeadAlready() throws Exception {
        Port dead = node.port();
        dead.stop("early");
        var unused = deathOf(dead.id());
        db.watch("f", change -> seen.add(change.added()));
        assertEquals(Set.of(), next());
        Guard guard = db.register("f", dead.id());
        assertFalse(guard.cancel());
        db.set("f", "after");
        assertEquals(Set.of("after"), next());
    }

    @Test
    @Tag("DB-6")
    void shouldRegisterTheRunningPort() throws Exception {
        Port port = node.port("me", p -> p.on("go", m -> db.register("f")));
        node.send(port.id(), "go");
        await().until(() -> db.family("f").ports().equals(List.of(port.id())));
        assertThrows(IllegalStateException.class, () -> db.register("f"));
        assertThrows(IllegalArgumentException.class, () -> db.register("f", node.id().nodePort()));
    }

    @Test
    @Tag("DB-6")
    void shouldKeepEntryThatWasSetAnewWhenThePortDies() throws Exception {
        Port port = node.port();
        db.register("f", port.id());
        db.set("f", port.id().toString(), "by hand");
        port.stop();
        var unused = deathOf(port.id());
        db.set("f", "later");
        assertEquals(Set.of("later", port.id().toString()), db.keys("f"));
    }

    @Test
    @Tag("DB-8")
    void shouldCallOnceAtFirstEvenWhenTheFamilyIsEmptyThenOncePerChange() throws Exception {
        Thread registering = Thread.currentThread();
        db.watch("f",
                change -> seen.add(Thread.currentThread() == registering ? "on the stack of the caller" : change));
        FamilyChange first = (FamilyChange) next();
        assertEquals(Set.of(), first.now().keys());
        assertEquals(Set.of(), first.added());
        db.set("f", "k", 1);
        assertEquals(Set.of("k"), ((FamilyChange) next()).added());
        db.set("f", "k", 1);
        db.set("f", "k", 2);
        FamilyChange changed = (FamilyChange) next();
        assertEquals(Set.of("k"), changed.changed());
        assertEquals(2L, changed.now().value("k"));
        db.delete("f", "k");
        FamilyChange deleted = (FamilyChange) next();
        assertEquals(Set.of("k"), deleted.deleted());
        assertEquals(2L, changed.now().value("k"), "a view is of its moment");
        assertTrue(seen.isEmpty());
    }

    @Test
    @Tag("DB-8")
    void shouldNotCallAfterTheGuardIsClosed() throws Exception {
        Guard guard = db.watch("f", change -> seen.add(change.added()));
        assertEquals(Set.of(), next());
        assertTrue(guard.cancel());
        assertFalse(guard.cancel());
        db.watch("f", change -> seen.add("other"));
        db.set("f", "k");
        await().until(() -> seen.contains("other"));
        db.set("f", "l");
        db.family("f");
        assertFalse(seen.stream().anyMatch(each -> each instanceof Set));
    }

    @Test
    @Tag("DB-8")
    void shouldTellSlowListenerOfManyChangesAtOnce() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Port context = node.port();
        db.watch(context, "f", change -> {
            entered.countDown();
            goOn.await();
            seen.add(change.added().size());
        });
        assertTrue(entered.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        for (int i = 0; i < 1000; i++) {
            db.set("f", "k" + i);
        }
        db.set("f", "gone").close();
        assertEquals(1000, db.family("f").size());
        goOn.countDown();
        assertEquals(0, next());
        int calls = 0;
        for (int told = 0; told < 1000; calls++) {
            told += (Integer) next();
        }
        assertTrue(calls < 500, "so many calls: " + calls);
        assertTrue(seen.isEmpty());
    }

    @Test
    @Tag("DB-8")
    void shouldCallInThePortAndEndWithIt() throws Exception {
        Port port = node.port();
        Guard guard = db.watch(port, "f", change -> seen.add(Port.self()));
        assertEquals(port.id(), next());
        port.stop();
        var unused = deathOf(port.id());
        await().until(() -> !guard.cancel());
        db.set("f", "k");
        db.family("f");
        assertTrue(seen.isEmpty());
    }

    @Test
    @Tag("DB-8")
    void shouldKillPortWhenItsListenerThrows() throws Exception {
        Port port = node.port();
        db.watch(port, "f", change -> {
            throw new IllegalStateException("no");
        });
        assertTrue(deathOf(port.id()).toString().contains("no"));
    }

    @Test
    void shouldAwaitState() throws Exception {
        Thread setting = Thread.ofVirtual().start(() -> {
            db.set("f", "one");
            db.set("f", "two");
        });
        assertEquals(2, db.await("f", Database.atLeast(2), ofSeconds(PATIENCE_SECONDS)).size());
        setting.join();
        assertTrue(db.await("f", Database.containing("one"), ofSeconds(PATIENCE_SECONDS)).contains("two"));
        String text = assertThrows(DatabaseTimeoutException.class,
                () -> seen.add(db.await("f", Database.atLeast(3), ofMillis(50)))).getMessage();
        assertTrue(text.contains("at least 3 key(s)") && text.contains("one"), text);
        assertThrows(ArithmeticException.class, () -> seen.add(db.await("f", view -> {
            throw new ArithmeticException();
        }, ofSeconds(PATIENCE_SECONDS))));
    }

    @Test
    @Tag("DB-7")
    void shouldTellWhyNobodyAnswersWhenThereIsNoMaster() {
        try (Node lonely = Node.configure(c -> c.nodeId("lonely").secret("abcdefgh")
                .extension(TransportProvider.class, new FakeTransport()).seed("seed:1"))) {
            String text = assertThrows(DatabaseTimeoutException.class,
                    () -> lonely.db().family("f", ofMillis(50))).getMessage();
            assertTrue(text.contains("node lonely has no master"), text);
            var failed = assertThrows(CompletionException.class,
                    () -> lonely.db().ask("f", ofMillis(50)).toCompletableFuture().join());
            assertInstanceOf(DatabaseTimeoutException.class, failed.getCause());
        }
    }

    @Test
    void shouldFreeWhoeverWaitsWhenTheNodeIsClosed() {
        Node closing = Node.configure(c -> c.nodeId("closing").secret("abcdefgh")
                .extension(TransportProvider.class, new FakeTransport()).seed("seed:1"));
        var asked = closing.db().ask("f", ofSeconds(PATIENCE_SECONDS)).toCompletableFuture();
        Database closed = closing.db();
        closing.close();
        assertInstanceOf(IllegalStateException.class, assertThrows(CompletionException.class, asked::join).getCause());
        assertThrows(IllegalStateException.class, () -> closed.set("f", "k"));
        assertThrows(IllegalStateException.class, closing::db);
    }

    @Test
    void shouldHaveGraceOfZeroUnlessTold() {
        assertTrue(DatabaseOptions.DEFAULTS.grace().isZero());
        assertThrows(IllegalArgumentException.class, () -> DatabaseOptions.withGrace(ofMillis(-1)));
        NodeConfig config =
                NodeConfig.builder().database(DatabaseOptions.withGrace(ofSeconds(1))).build();
        assertTrue(config.extension(DatabaseOptions.class).isPresent());
    }
}
