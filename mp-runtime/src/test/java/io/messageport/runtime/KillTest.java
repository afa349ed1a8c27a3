package io.messageport.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How ports end. */
class KillTest extends WithNode {
    @Test
    @Tag("KIL-1")
    void shouldKeepFirstReasonWhenKilledTwice() throws Exception {
        Port port = node.port().otherwise(m -> {});
        var death = node.whenDown(port.id()).toCompletableFuture();
        node.kill(port.id(), "first", 1);
        node.kill(port.id(), "second");
        assertEquals(Reason.of("first", 1), death.get());
    }

    @Test
    @Tag("KIL-1")
    void shouldDoNothingWhenPortIsUnknownAndThrowWhenItIsTheNode() {
        node.kill(new PortId(node.id(), "nobody"), "x");
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> node.kill(node.id().nodePort()));
        assertTrue(refused.getMessage().contains("cannot be killed"), refused.getMessage());
    }

    @Test
    @Tag("KIL-2")
    @Tag("SND-2")
    void shouldHandleWhatWasSentBeforeAndNothingAfterTheKill() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Port port = node.port().on("wait", m -> gate.await()).on("n", m -> seen.add(m.get(0)));
        var death = node.whenDown(port.id()).toCompletableFuture();
        node.send(port.id(), "wait");
        node.send(port.id(), "n", 1);
        node.send(port.id(), "n", 2);
        node.kill(port.id(), "over");
        node.send(port.id(), "n", 3);
        gate.countDown();
        assertEquals(Reason.of("over"), death.get());
        assertEquals(List.of(1, 2), List.copyOf(seen));
    }

    @Test
    @Tag("KIL-2")
    void shouldLetHandlerFinishWhenItKillsItsOwnPort() throws Exception {
        PortId port = node.open(SelfKiller::new).id();
        var death = node.whenDown(port).toCompletableFuture();
        PortId witness = node.port().on("after", m -> seen.add("after")).id();
        node.send(port, "go", witness);
        assertEquals("after", next());
        assertEquals(Reason.of("suicide"), death.get());
    }

    static final class SelfKiller extends Port {
        SelfKiller() {
            on("go", m -> {
                stop("suicide");
                send(m.port(0), "after");
            });
        }
    }

    @Test
    @Tag("KIL-2")
    void shouldRunMonitorsOffTheKillersStack() throws Exception {
        Port port = node.port().otherwise(m -> {});
        node.monitor(port.id(), reason -> seen.add(Thread.currentThread()));
        node.kill(port.id());
        assertNotSame(Thread.currentThread(), next());
    }

    @Test
    @Tag("KIL-4")
    void shouldLogOnlyAbnormalDeathThatNobodyMonitors() throws Exception {
        Port bad = node.port().on("boom", m -> {
            throw new IllegalStateException("seen by nobody");
        });
        node.send(bad.id(), "boom");
        await().until(() -> !bad.isAlive());
        Port quiet = node.port().otherwise(m -> {});
        node.kill(quiet.id());
        Port watched = node.port().otherwise(m -> {});
        node.monitor(watched.id(), reason -> seen.add(reason));
        node.kill(watched.id(), "abnormal");
        next();
        await().until(() -> !log.list.isEmpty());
        assertEquals(1, log.list.size(), log.list.toString());
        String text = log.list.get(0).getFormattedMessage();
        assertTrue(text.startsWith("unmonitored local port " + bad.id() + " died with reason: die: "), text);
        assertTrue(text.contains("last message \"boom\""), text);
        assertEquals(
                "seen by nobody", log.list.get(0).getThrowableProxy().getMessage(), "the stack trace goes with it");
    }

    @Test
    @Tag("KIL-5")
    void shouldInterruptThreadAndDropUnreadWhenThreadedPortIsKilled() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        Port port = node.thread(self -> {
            try {
                blocked.countDown();
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                seen.add("interrupted");
                throw e;
            }
        });
        assertTrue(blocked.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        var death = node.whenDown(port.id()).toCompletableFuture();
        node.send(port.id(), "unread");
        node.kill(port.id(), "enough");
        assertEquals(Reason.of("enough"), death.get());
        assertEquals("interrupted", next());
    }

    @Test
    void shouldTellStoppedTheReasonBeforeMonitorsFire() throws Exception {
        Holder holder = node.open(() -> new Holder(seen));
        node.monitor(holder.id(), reason -> seen.add("monitor"));
        node.kill(holder.id(), "why");
        assertEquals("stopped why", next());
        assertEquals("monitor", next());
    }

    static final class Holder extends Port {
        private final java.util.Queue<Object> seen;

        Holder(java.util.Queue<Object> seen) {
            this.seen = seen;
            ignoreUnmatched();
        }

        @Override
        protected void stopped(Reason reason) {
            seen.add("stopped " + reason);
        }
    }

    @Test
    void shouldKillAllPortsWhenNodeCloses() throws Exception {
        Node closing = Node.configure(c -> c.nodeId("closing/%u"));
        Port port = closing.port().otherwise(m -> {});
        Port thread = closing.thread(self -> self.receive());
        closing.close();
        closing.close();
        closing.awaitClose();
        await().until(() -> !port.isAlive() && !thread.isAlive());
    }

    /** Two kills wait while a port gets its thread: what it dies of is the first. */
    @Test
    @Tag("KIL-1")
    void shouldKeepFirstReasonWhenKilledTwiceWhileGettingAThread() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Port port = node.port();
        port.on("go", m -> {
            port.attach(self -> never.await());
            node.kill(port.id(), "first");
            node.kill(port.id(), "second");
        });
        node.monitor(port.id(), seen::add);
        node.send(port.id(), "go");
        assertEquals(Reason.of("first"), next());
    }
}
