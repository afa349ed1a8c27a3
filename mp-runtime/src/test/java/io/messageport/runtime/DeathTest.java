package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.PortOptions;
import io.messageport.Reason;
import io.messageport.runtime.kernel.PortCell;
import io.messageport.runtime.monitor.Watch;
import io.messageport.spi.Access;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The first and the last moments of a port, and what must not go wrong in them. */
class DeathTest extends WithNode {
    static final class Speechless extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("not even a message");
        }
    }

    static final class Late extends Port {
        private final Queue<Object> seen;

        Late(Queue<Object> seen) {
            this.seen = seen;
            node().send(id(), "hello");
        }

        @Override
        protected void start() {
            seen.add("start");
            on("hello", m -> seen.add("hello"));
        }
    }

    static final class SlowToStop extends Port {
        private final CountDownLatch stopping;
        private final CountDownLatch mayStop;

        SlowToStop(CountDownLatch stopping, CountDownLatch mayStop) {
            this.stopping = stopping;
            this.mayStop = mayStop;
            ignoreUnmatched();
        }

        @Override
        protected void stopped(Reason reason) throws Exception {
            stopping.countDown();
            mayStop.await();
        }
    }

    static final class Threaded extends Port {
        private final Queue<Object> seen;

        Threaded(Queue<Object> seen) {
            this.seen = seen;
        }

        @Override
        protected void run() throws Exception {
            receive();
        }

        @Override
        protected void stopped(Reason reason) throws Exception {
            boolean unused = new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
            seen.add("stopped " + reason);
        }
    }

    @Test
    void shouldRunStartBeforeMessagesThatCameDuringConstruction() throws Exception {
        Port port = node.open("late", () -> new Late(seen));
        node.monitor(port.id(), reason -> seen.add("died " + reason));
        assertEquals("start", next());
        assertEquals("hello", next());
    }

    @Test
    void shouldHaveItsHandlersWhenTheFirstMessageToAKnownNameComes() throws Exception {
        PortId known = PortId.of(node.id() + "#known");
        Port port = node.port("known", made -> {
            node.send(known, "too early, nobody has the name yet");
            made.on("x", m -> seen.add("x"));
        });
        node.send(known, "x");
        assertEquals("x", next());
        assertThrows(IllegalStateException.class, () -> node.port("known", made -> {}));
        assertTrue(port.isAlive());
    }

    @Test
    @Tag("SND-5")
    @Tag("ID-5")
    void shouldKeepTheNameUntilTheMonitorsHaveFired() throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch mayStop = new CountDownLatch(1);
        Port first = node.open("chat", () -> new SlowToStop(stopping, mayStop));
        // The watch itself: a callback of the node runs on a thread of its own, a moment later.
        boolean watched = ((PortCell) Access.ports().core(first)).watch(new Watch(first.id()) {
            @Override
            protected void fire(Reason reason) {
                seen.add("down");
            }
        });
        assertTrue(watched);
        node.kill(first.id());
        stopping.await();
        node.send(first.id(), "lost");
        Thread opener = Thread.ofVirtual().start(() -> {
            node.port("chat", port -> port.on("new", m -> seen.add("new")));
            node.send(first.id(), "new");
        });
        mayStop.countDown();
        assertEquals("down", next());
        assertEquals("new", next());
        opener.join();
    }

    @Test
    void shouldLetTheNameBeTakenAgainWhenTheMonitorFires() throws Exception {
        for (int round = 0; round < 300; round++) {
            Port holder = node.port("name").ignoreUnmatched();
            node.monitor(holder.id(), reason -> seen.add(node.port("name").ignoreUnmatched()));
            node.kill(holder.id());
            Port heir = (Port) next();
            assertTrue(heir.isAlive());
            node.kill(heir.id());
            deathOf(heir.id());
        }
    }

    @Test
    @Tag("RCV-6")
    void shouldDieOfAnExceptionThatCannotDescribeItself() throws Exception {
        Port port = node.port().on("x", m -> {
            throw new Speechless();
        });
        var death = node.whenDown(port.id()).toCompletableFuture();
        node.send(port.id(), "x");
        assertEquals(Reason.of("die", Speechless.class.getName()), death.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    @Tag("RCV-6")
    void shouldNotPassAnInterruptOnToOtherPorts() throws Exception {
        Port victim = node.port().on("work", m -> {
            boolean unused = new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
            seen.add("worked");
        });
        node.monitor(victim.id(), reason -> seen.add("victim died: " + reason));
        Port careless = node.port().on("go", m -> {
            node.send(victim.id(), "work");
            Thread.currentThread().interrupt();
        });
        node.send(careless.id(), "go");
        assertEquals("worked", next());
    }

    @Test
    void shouldRunStoppedUninterruptedAndBeforeMonitorsWhenBodyReturns() throws Exception {
        Port port = node.open(() -> new Threaded(seen));
        node.monitor(port.id(), reason -> seen.add("monitor"));
        node.send(port.id(), "x");
        assertEquals("stopped normal", next());
        assertEquals("monitor", next());
    }

    @Test
    void shouldTellStoppedTheKillersReasonWhenThreadIsKilled() throws Exception {
        Port port = node.open(() -> new Threaded(seen));
        node.kill(port.id(), "why");
        assertEquals("stopped why", next());
    }

    @Test
    @Tag("KIL-1")
    void shouldTakeAReasonForWhatItIsWhenKilledWithOne() throws Exception {
        Port port = node.port().ignoreUnmatched();
        var death = node.whenDown(port.id()).toCompletableFuture();
        node.kill(port.id(), Reason.normal());
        assertTrue(death.get(PATIENCE_SECONDS, TimeUnit.SECONDS).isNormal());
    }

    /** A port that ends while it is being set up has left the table before it comes in, and must not stay there. */
    @Test
    @Tag("ID-5")
    void shouldLeaveNameFreeWhenPortDiesInItsSetup() throws Exception {
        Port dead = node.port(PortOptions.named("chat"), port -> {
            port.attach(self -> {});
            Awaitility.await().until(() -> !port.isAlive());
        });
        assertFalse(dead.isAlive());
        assertTrue(node.port(PortOptions.named("chat"), port -> port.ignoreUnmatched()).isAlive());
    }
}
