package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.RemoteSpawn;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Creating ports by name, on the own node. */
class SpawnTest extends WithNode {
    static volatile boolean initialised;

    @RemoteSpawn
    static final class Counter extends Port {
        private long count;

        private static void wipe() {
            initialised = true;
        }

        Counter(PortId owner, int start) {
            count = start;
            on("next", m -> reply(count++));
            send(owner, "ready", id());
        }
    }

    static final class Ungranted extends Port {
        static {
            initialised = true;
        }
    }

    @RemoteSpawn
    static final class Deaf extends Port {}

    @RemoteSpawn
    static void silent() {}

    @RemoteSpawn
    static void failing(String why) {
        throw new IllegalStateException(why);
    }

    @RemoteSpawn
    static void adder(Port self, long base) {
        self.on("add", m -> self.reply(base + m.longValue(0)));
    }

    static void ungranted(Port self) {
        initialised = true;
    }

    private Reason fateOf(String init, Object... args) throws Exception {
        return deathOf(node.spawn(node.id(), init, args));
    }

    private static String method(String name) {
        return SpawnTest.class.getName() + "::" + name;
    }

    @Test
    @Tag("SPN-1")
    @Tag("SPN-2")
    void shouldConstructPortOfClassWithConvertedArguments() throws Exception {
        PortId port = node.spawn(node.id(), Counter.class.getName(), recorder().toString(), 5L);
        assertEquals(java.util.List.of("ready", port), next());
        assertEquals(5, node.call(port, "next").await().intValue(0));
        assertEquals(6, node.call(port, "next").await().intValue(0));
    }

    @Test
    @Tag("SPN-4")
    void shouldRunStaticMethodInContextOfFreshPort() throws Exception {
        PortId port = node.spawn(node.id(), method("adder"), 40);
        assertEquals(42, node.call(port, "add", 2).await().intValue(0));
    }

    @Test
    @Tag("RCV-4")
    void shouldIgnoreUnmatchedWhenInitSetsOnlyTags() throws Exception {
        PortId port = node.spawn(node.id(), method("adder"), 1);
        node.send(port, "unknown");
        assertEquals(3, node.call(port, "add", 2).await().intValue(0));
    }

    @Test
    @Tag("SPN-1")
    void shouldRefuseNameWithoutPackage() {
        assertThrows(IllegalArgumentException.class, () -> node.spawn(node.id(), "Counter"));
    }

    @Test
    @Tag("SPN-2")
    void shouldDieWithTheRealReasonWhenInitThrows() throws Exception {
        assertEquals(Reason.of("die", "java.lang.IllegalStateException: no luck"),
                fateOf(method("failing"), "no luck"));
    }

    @Test
    @Tag("SPN-2")
    void shouldDieWithNoSuchPortWhenInitSetsNoReceiver() throws Exception {
        assertInstanceOf(Reason.NoSuchPort.class, fateOf(method("silent")));
        assertInstanceOf(Reason.NoSuchPort.class, fateOf(Deaf.class.getName()));
    }

    @Test
    @Tag("SPN-3")
    void shouldNotRunInitBeforeSpawnReturns() throws Exception {
        Node patient = Node.configure(c -> c.nodeId("patient/%u").spawnable("test.init", (self, args) -> {
            ((CountDownLatch) args.get(0)).await();
            self.ignoreUnmatched();
            seen.add("init");
        }));
        try (patient) {
            CountDownLatch returned = new CountDownLatch(1);
            PortId port = patient.spawn(patient.id(), "test.init", returned);
            patient.send(port, "early");
            assertTrue(seen.isEmpty());
            returned.countDown();
            assertEquals("init", next());
        }
    }

    @Test
    @Tag("SPN-4")
    void shouldRefuseWithoutInitialisingTheClassWhenNotGranted() throws Exception {
        for (String init : new String[] {Ungranted.class.getName(), method("ungranted"),
            "java.lang.Runtime::getRuntime"}) {
            String reason = fateOf(init).toString();
            assertTrue(reason.contains("is not granted") && reason.contains("@RemoteSpawn"), reason);
        }
        assertFalse(initialised);
    }

    @Test
    @Tag("SPN-4")
    void shouldRefuseStaticMethodWhenOnlyItsClassIsAnnotated() throws Exception {
        Reason reason = fateOf(Counter.class.getName() + "::wipe");
        assertTrue(reason.toString().contains("is not granted"), reason.toString());
        assertFalse(initialised);
    }

    @Test
    @Tag("SPN-4")
    void shouldNameWhatIsMissingWhenItCannotBeResolved() throws Exception {
        String unknown = fateOf("no.such.Thing").toString();
        assertTrue(unknown.contains("unable to resolve function 'no.such.Thing'"), unknown);
        String arity = fateOf(Counter.class.getName(), 1).toString();
        assertTrue(arity.contains("takes 1 argument(s)"), arity);
        String type = fateOf(Counter.class.getName(), "a#b", "five").toString();
        assertTrue(type.contains("argument 1 of " + Counter.class.getName()), type);
    }

    @Test
    @Tag("SPN-4")
    void shouldNarrowTheGrantByFilter() throws Exception {
        Node strict = Node.configure(c -> c.nodeId("strict/%u").spawnFilter((peer, name) -> !name.endsWith("adder")));
        try (strict) {
            Reason reason = strict.whenDown(strict.spawn(strict.id(), method("adder"), 1)).toCompletableFuture().get();
            assertTrue(reason.toString().contains("spawn filter"), reason.toString());
        }
    }

    @Test
    @Tag("ID-3")
    void shouldNeverReuseNamesAndKeepSpawnNamesApart() {
        PortId local = node.port().id();
        PortId other = node.port().id();
        PortId spawned = node.spawn(node.id(), method("adder"), 1);
        assertFalse(local.equals(other));
        assertTrue(spawned.name().startsWith("~") && !local.name().startsWith("~"));
    }
}
