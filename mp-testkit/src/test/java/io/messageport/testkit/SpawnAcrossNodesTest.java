package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Message;
import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.RemoteSpawn;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@MpTest(nodes = 2, settings = SpawnAcrossNodesTest.Spawnable.class)
record SpawnAcrossNodesTest(TestNodes nodes, Node a, Node b, @At("b") Probe probe) {
    private static final String HERE = SpawnAcrossNodesTest.class.getName();
    private static final AtomicBoolean INITIALISED = new AtomicBoolean();

    static final class Spawnable implements NodeSettings {
        @Override
        public NodeConfig.Builder apply(String id, NodeConfig.Builder settings) {
            return settings
                    .spawnable("test.registered", (self, args) -> self.otherwise(
                            message -> self.send(args.port(0), "registered", message.get(0))))
                    .spawnFilter((peer, name) -> !name.endsWith("$Filtered"));
        }
    }

    @RemoteSpawn
    static final class Doubler extends Port {
        private final PortId to;
        private final int factor;

        Doubler(PortId to, int factor) {
            this.to = to;
            this.factor = factor;
        }

        @Override
        protected void start() {
            send(to, "started", self());
            on("n", message -> send(to, "is", factor * message.intValue(0)));
        }
    }

    @RemoteSpawn
    static final class Failing extends Port {
        Failing() {
            throw new IllegalStateException("no disk");
        }
    }

    @RemoteSpawn
    static final class Deaf extends Port {}

    @RemoteSpawn
    static final class Filtered extends Port {}

    static final class Ungranted extends Port {
        static {
            INITIALISED.set(true);
        }
    }

    @RemoteSpawn
    static void echo(Port self, PortId to) {
        self.otherwise(message -> self.send(to, "echo", message.get(0)));
    }

    static void ungranted(Port self) {
        self.ignoreUnmatched();
    }

    private Reason.Died refused(String init, Object... args) {
        PortId port = b.spawn(a.id(), init, args);
        probe.watch(port);
        return assertInstanceOf(Reason.Died.class, probe.expectDown(port));
    }

    @Test
    @Tag("SPN-1")
    @Tag("SPN-2")
    void shouldBuildThePortAndTakeMessagesAtOnceWhenSpawnedByClass() {
        PortId doubler = b.spawn(a.id(), Doubler.class.getName(), probe.id(), 3);
        b.send(doubler, "n", 5);
        assertEquals(a.id(), doubler.node());
        assertEquals(Message.of(doubler), probe.expect("started"));
        assertEquals(15, probe.expect("is").intValue(0));
        probe.watch(doubler);
        b.kill(doubler, "enough");
        assertEquals(Reason.of("enough"), probe.expectDown(doubler));
    }

    @Test
    @Tag("SPN-4")
    void shouldRunTheInitWhenSpawnedByStaticMethod() {
        PortId echo = b.spawn(a.id(), HERE + "::echo", probe.id());
        b.send(echo, "x");
        assertEquals(Message.of("x"), probe.expect("echo"));
    }

    @Test
    @Tag("SPN-4")
    void shouldRunTheInitWhenSpawnedByRegisteredName() {
        PortId port = b.spawn(a.id(), "test.registered", probe.id());
        b.send(port, 7);
        assertEquals(Message.of(7L), probe.expect("registered"));
    }

    @Test
    @Tag("SPN-4")
    void shouldSayWhyWhenTheClassIsNotGranted() {
        assertTrue(refused(Ungranted.class.getName()).text().contains("is not granted on this node"));
        assertFalse(INITIALISED.get());
        assertTrue(refused("java.lang.Runtime").text().contains("is not granted on this node"));
        assertTrue(refused("java.lang.System::exit", 1).text().contains("is not granted on this node"));
        assertTrue(refused(HERE + "::ungranted").text().contains("is not granted on this node"));
    }

    @Test
    @Tag("SPN-4")
    void shouldSayWhyWhenNothingHasTheNameOrTakesTheArguments() {
        assertTrue(refused("no.such.Thing").text().contains("unable to resolve function 'no.such.Thing'"));
        assertTrue(refused(Doubler.class.getName(), 1).text().contains("takes 1 argument(s) (1)"));
        assertTrue(refused(Doubler.class.getName(), probe.id(), "three").text().contains("argument 1 of "));
        assertTrue(refused(Filtered.class.getName()).text().contains("spawn filter does not let node b spawn"));
    }

    @Test
    @Tag("SPN-2")
    void shouldSayWhyWhenTheInitThrowsOrSetsNoReceiver() {
        assertEquals("java.lang.IllegalStateException: no disk", refused(Failing.class.getName()).text());
        PortId deaf = b.spawn(a.id(), Deaf.class.getName());
        probe.watch(deaf);
        assertInstanceOf(Reason.NoSuchPort.class, probe.expectDown(deaf));
    }

    @Test
    @Tag("SPN-1")
    void shouldThrowAtOnceWhenTheNameHasNoPackage() {
        assertThrows(IllegalArgumentException.class, () -> b.spawn(a.id(), "Doubler"));
    }

    @Test
    @Tag("SPN-1")
    void shouldFireTheMonitorWhenTheNodeIsNotThere() {
        PortId lost = b.spawn(NodeId.of("nowhere"), Doubler.class.getName(), probe.id(), 1);
        probe.watch(lost);
        assertInstanceOf(Reason.TransportError.class, probe.expectDown(lost));
    }

    @Test
    @Tag("SPN-3")
    void shouldNotRunTheInitBeforeSpawnReturnsWhenLocal() throws Exception {
        CountDownLatch returned = new CountDownLatch(1);
        Node c = nodes.start("c", s -> s.spawnable("test.slow", (self, args) -> {
            assertTrue(returned.await(10, TimeUnit.SECONDS));
            self.otherwise(message -> self.send(args.port(0), "local", message.get(0)));
        }));
        Probe local = Probe.on(c);
        PortId port = c.spawn(c.id(), "test.slow", local.id());
        c.send(port, 1);
        returned.countDown();
        assertEquals(Message.of(1), local.expect("local"));
    }
}
