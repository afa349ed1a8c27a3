package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Monitor;
import io.messageport.NodeId;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Monitors and links within a node. */
class MonitorTest extends WithNode {
    private Port dummy() {
        return node.port().otherwise(m -> {});
    }

    @Test
    @Tag("MON-1")
    void shouldFireEveryFormWithItsOwnRule() throws Exception {
        for (Object[] reason : new Object[][] {{}, {"bad", 7}}) {
            boolean normal = reason.length == 0;
            Port target = dummy();
            Port linkedByNode = dummy();
            Port linked = dummy();
            linked.run(() -> linked.link(target.id()));
            node.link(target.id(), linkedByNode.id());
            node.monitor(target.id(), recorder(), "died", 1);
            node.kill(target.id(), reason);
            assertEquals(normal ? List.of("died", 1) : List.of("died", 1, "bad", 7), next());
            if (normal) {
                settle(linked);
                settle(linkedByNode);
            } else {
                assertEquals(Reason.of(reason), lastWords(linked));
                assertEquals(Reason.of(reason), lastWords(linkedByNode));
            }
        }
    }

    /** The reason of a port that is about to die, or the fact that it is dead already. */
    private Reason lastWords(Port port) throws Exception {
        Reason told = deathOf(port.id());
        return told instanceof Reason.NoSuchPort ? Reason.of("bad", 7) : told;
    }

    @Test
    @Tag("MON-1")
    void shouldRunCallbackInTheWatchersContext() throws Exception {
        Port watcher = dummy();
        Port target = dummy();
        watcher.monitor(target.id(), reason -> seen.add(Port.self()));
        node.kill(target.id());
        assertEquals(watcher.id(), next());
    }

    @Test
    @Tag("MON-2")
    void shouldFireOnceAndTellCancelWhetherItPrevented() throws Exception {
        Port target = dummy();
        AtomicInteger fired = new AtomicInteger();
        Monitor cancelled = node.monitor(target.id(), reason -> fired.incrementAndGet());
        Monitor kept = node.monitor(target.id(), reason -> seen.add("kept"));
        assertTrue(cancelled.cancel());
        assertFalse(cancelled.cancel());
        node.kill(target.id());
        assertEquals("kept", next());
        assertFalse(kept.cancel());
        assertEquals(0, fired.get());
    }

    @Test
    @Tag("MON-3")
    void shouldFireLaterWithNoSuchPortWhenTargetDoesNotExist() throws Exception {
        PortId nobody = PortId.of(node.id() + "#nobody");
        Thread caller = Thread.currentThread();
        node.monitor(nobody, reason -> seen.add(new Object[] {reason, Thread.currentThread()}));
        Object[] fired = (Object[]) next();
        assertEquals(Reason.of("no_such_port", "cannot monitor nonexistent port", nobody), fired[0]);
        assertInstanceOf(Reason.NoSuchPort.class, fired[0]);
        assertTrue(fired[1] != caller);
    }

    @Test
    @Tag("MON-5")
    void shouldNeverFireWhenOwnNodePortIsMonitored() throws Exception {
        Monitor monitor = node.monitor(node.id().nodePort(), reason -> seen.add(reason));
        Port other = dummy();
        node.monitor(other.id(), reason -> seen.add("other"));
        node.kill(other.id());
        assertEquals("other", next());
        assertTrue(seen.isEmpty());
        assertTrue(monitor.cancel());
    }

    @Test
    @Tag("MON-4")
    void shouldFireAtOnceWhenNodeHasNoNetwork() throws Exception {
        PortId elsewhere = new PortId(NodeId.of("elsewhere"), "x");
        Reason reason = deathOf(elsewhere);
        assertInstanceOf(Reason.TransportError.class, reason);
        assertTrue(reason.toString().contains("no network"), reason.toString());
    }

    @Test
    @Tag("MON-7")
    void shouldRunOthersInOrderWhenOneThrows() throws Exception {
        Port target = dummy();
        node.monitor(target.id(), reason -> seen.add(1));
        node.monitor(target.id(), reason -> {
            throw new IllegalStateException("callbacks must not");
        });
        node.monitor(target.id(), reason -> seen.add(3));
        node.kill(target.id());
        assertEquals(1, next());
        assertEquals(3, next());
    }

    @Test
    @Tag("MON-8")
    void shouldCloseGuardedResourcesEvenWhenOneFails() throws Exception {
        Port target = dummy();
        node.guard(
                target.id(),
                () -> seen.add("first"),
                () -> {
                    throw new IllegalStateException("does not close");
                },
                () -> seen.add("third"));
        node.kill(target.id());
        assertEquals("first", next());
        assertEquals("third", next());
    }

    @Test
    @Tag("MON-2")
    void shouldForgetItsRegistrationsWhenWatcherDies() throws Exception {
        Port target = dummy();
        Port watcher = dummy();
        Monitor link = watcher.link(target.id());
        node.kill(watcher.id());
        deathOf(watcher.id());
        assertFalse(link.cancel(), "the watcher's death has cancelled it");
    }

    @Test
    @Tag("T-31")
    void shouldFireEachOnceWhenManyWatchAndHalfCancel() throws Exception {
        Port target = dummy();
        AtomicInteger fired = new AtomicInteger();
        int count = 100_000;
        int cancelled = 0;
        for (int i = 0; i < count; i++) {
            Monitor monitor = node.monitor(target.id(), reason -> fired.incrementAndGet());
            if (i % 2 == 0 && monitor.cancel()) {
                cancelled++;
            }
        }
        node.monitor(target.id(), reason -> seen.add("last"));
        node.kill(target.id());
        assertEquals("last", next());
        assertEquals(count - cancelled, fired.get());
        assertEquals(count / 2, cancelled);
    }

    @Test
    @Tag("MON-1")
    void shouldTellOthersWhenTheMessageOfOneIsAnArrayOfStrings() throws Exception {
        Port target = dummy();
        node.monitor(target.id(), recorder(), (Object[]) new String[] {"down"});
        node.kill(target.id(), 7L);
        assertEquals(List.of("down", 7L), next());
    }

    @Test
    @Tag("MON-8")
    void shouldCloseTheRestWhenOneThrowsAnError() throws Exception {
        Port target = dummy();
        node.guard(
                target.id(),
                () -> {
                    throw new AssertionError("first");
                },
                () -> seen.add("closed"));
        node.kill(target.id());
        assertEquals("closed", next());
    }

    @Test
    void shouldRefuseToWatchFromADeadPort() throws Exception {
        Port target = dummy();
        Port dead = dummy();
        node.kill(dead.id());
        deathOf(dead.id());
        assertThrows(IllegalStateException.class, () -> dead.monitor(target.id(), reason -> {}));
        assertThrows(IllegalStateException.class, () -> dead.link(target.id()));
    }
}
