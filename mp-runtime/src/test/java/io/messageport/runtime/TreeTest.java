package io.messageport.runtime;

import static java.time.Duration.ofMillis;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.messageport.ChildSpec;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.PortOptions;
import io.messageport.PortTree;
import io.messageport.Reason;
import io.messageport.Supervisor;
import io.messageport.SupervisorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Children end before their parents, in reverse order of start, and none of them can put it off. */
@Tag("BND-4")
class TreeTest extends WithNode {
    /** Opens children by depth and says when it ends. */
    static final class Knot extends Port {
        private final Queue<Object> seen;
        private final String name;

        Knot(Queue<Object> seen, String name) {
            this.seen = seen;
            this.name = name;
            ignoreUnmatched();
        }

        @Override
        protected void start() {
            if (name.length() < 3) {
                for (String digit : List.of("1", "2", "3")) {
                    var unused = node().open(name + digit, () -> new Knot(seen, name + digit));
                }
            }
            on("throw", m -> {
                throw new IllegalStateException("told to");
            });
            seen.add("start " + name);
        }

        @Override
        protected void stopped(Reason reason) {
            seen.add(name);
        }
    }

    private PortId openKnots() throws InterruptedException {
        PortId top = node.open("k", () -> new Knot(seen, "k")).id();
        for (int i = 0; i < 1 + 3 + 9; i++) {
            assertTrue(next().toString().startsWith("start "));
        }
        return top;
    }

    private void assertSeen(Object... expected) throws InterruptedException {
        for (Object each : expected) {
            assertEquals(each, next());
        }
    }

    private static final Object[] BACKWARDS = {
        "k33", "k32", "k31", "k3", "k23", "k22", "k21", "k2", "k13", "k12", "k11", "k1", "k", "gone"
    };

    private void sayWhenGone(PortId port) {
        Port watcher = node.port();
        watcher.run(() -> watcher.monitor(port, reason -> seen.add("gone")));
    }

    @Test
    void shouldEndChildrenFirstInReverseOrderWhenTheParentIsKilled() throws Exception {
        PortId top = openKnots();
        sayWhenGone(top);
        node.kill(top, "enough");
        assertSeen(BACKWARDS);
    }

    @Test
    void shouldEndChildrenFirstWhenTheParentEndsNormallyOrThrows() throws Exception {
        PortId top = openKnots();
        sayWhenGone(top);
        node.kill(top);
        assertSeen(BACKWARDS);
        top = openKnots();
        sayWhenGone(top);
        node.send(top, "throw");
        assertSeen(BACKWARDS);
    }

    @Test
    void shouldEndOnlyTheBranchOfAPortInTheMiddle() throws Exception {
        PortId top = openKnots();
        node.kill(new PortId(node.id(), "k2"));
        assertSeen("k23", "k22", "k21", "k2");
        node.kill(top);
        assertSeen("k33", "k32", "k31", "k3", "k13", "k12", "k11", "k1", "k");
    }

    @Test
    void shouldTellTheChildWhy() throws Exception {
        Port parent = node.port("parent").ignoreUnmatched();
        Port child = parent.run(() -> node.port().ignoreUnmatched()).orElseThrow();
        var end = node.whenDown(child.id()).toCompletableFuture();
        node.kill(parent.id(), "enough");
        Reason reason = end.get();
        assertEquals(Reason.of("shutdown", "its parent died", parent.id()), reason);
        assertTrue(reason.isOrderly());
    }

    @Test
    @Tag("KIL-4")
    void shouldWarnOfTheDeathOfTheParentOnlyWhenItsChildrenEndWithIt() throws Exception {
        Port parent = node.port("parent").ignoreUnmatched();
        Port child = parent.run(() -> node.port("child").ignoreUnmatched()).orElseThrow();
        Port grandchild = child.run(() -> node.port("grandchild").ignoreUnmatched()).orElseThrow();
        node.kill(parent.id(), "enough");
        await().until(() -> node.tree().find("parent").isEmpty());
        assertFalse(grandchild.isAlive());
        assertEquals(1, log.list.stream().filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN)).count());
    }

    @Test
    void shouldLeaveADetachedPortAlone() throws Exception {
        Port parent = node.port().ignoreUnmatched();
        Port free = parent.run(() -> node.port(PortOptions.defaults().detach(), p -> p.on("hi", m -> p.reply("hi"))))
                .orElseThrow();
        node.kill(parent.id());
        Reason unused = deathOf(parent.id());
        assertEquals("hi", node.call(free.id(), "hi").await().string(0));
    }

    @Test
    void shouldTakeWhatIsOpenedInAConstructorForAChildOfTheNewPort() throws Exception {
        AtomicReference<Port> inner = new AtomicReference<>();
        Port outer = node.port().ignoreUnmatched();
        Port middle = outer.run(() -> node.port(PortOptions.defaults(), p -> {
            inner.set(node.port().ignoreUnmatched());
            p.ignoreUnmatched();
        })).orElseThrow();
        node.kill(middle.id());
        Reason unused = deathOf(middle.id());
        assertFalse(inner.get().isAlive());
        assertTrue(outer.isAlive());
    }

    @Test
    void shouldRefuseAChildOfADeadPort() throws Exception {
        AtomicReference<String> refusal = new AtomicReference<>();
        Port parent = node.open("dying", () -> new Port0() {
            @Override
            protected void stopped(Reason reason) {
                refusal.set(assertThrows(IllegalStateException.class, () -> node.port("orphan")).getMessage());
            }
        });
        Port child = parent.run(() -> node.port()).orElseThrow();
        assertTrue(child.isAlive());
        node.kill(parent.id());
        Reason unused = deathOf(parent.id());
        assertEquals(
                "port " + parent.id() + " is dead and can have no children; open orphan detached, or from elsewhere",
                refusal.get());
    }

    static class Port0 extends Port {
        Port0() {
            ignoreUnmatched();
        }
    }

    @Test
    void shouldNotQueueTheEndOfAChildBehindItsMessages() throws Exception {
        List<Object> handled = new ArrayList<>();
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Port parent = node.port().ignoreUnmatched();
        Port child = parent.run(() -> node.port().otherwise(m -> {
            handled.add(m.values());
            busy.countDown();
            go.await();
        })).orElseThrow();
        for (int i = 0; i < 1000; i++) {
            node.send(child.id(), i);
        }
        busy.await();
        var end = node.whenDown(parent.id()).toCompletableFuture();
        node.kill(parent.id());
        await().until(() -> !child.isAlive());
        assertFalse(end.isDone(), "the child's handler is to finish first");
        go.countDown();
        Reason unused = end.get();
        assertEquals(List.of(List.of(0)), handled);
    }

    @Test
    void shouldEndAStuckChildBrutallyWhenItsGraceIsOver() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        Supervisor top = node.open("top", () -> new Supervisor(SupervisorSpec.oneForOne(
                ChildSpec.plain("stuck", p -> p.on("block", m -> {
                    stuck.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        seen.add("interrupted");
                        throw e;
                    }
                })).grace(ofMillis(50)))));
        assertEquals(1, top.countChildren().active());
        node.send(new PortId(node.id(), "stuck"), "block");
        stuck.await();
        var end = node.whenDown(top.id()).toCompletableFuture();
        node.kill(top.id());
        Reason unused = end.get();
        assertSeen("interrupted");
    }

    @Test
    void shouldTellOfTheDeathOfAChildThatIgnoresInterrupts() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        Supervisor top = node.open("top", () -> new Supervisor(SupervisorSpec.oneForOne(
                ChildSpec.plain("deaf", p -> p.on("block", m -> {
                    stuck.countDown();
                    while (free.getCount() > 0) {
                        try {
                            free.await();
                        } catch (InterruptedException e) {
                            seen.add("interrupted");
                        }
                    }
                })).brutalKill())));
        assertEquals(1, top.countChildren().active());
        PortId deaf = new PortId(node.id(), "deaf");
        node.send(deaf, "block");
        stuck.await();
        sayWhenGone(deaf);
        top.terminateChild("deaf");
        assertTrue(List.of("interrupted", "gone").contains(next()));
        assertTrue(List.of("interrupted", "gone").contains(next()));
        free.countDown();
        assertEquals(0, top.countChildren().active());
    }

    @Test
    void shouldEndAThreadedChildBeforeItsParent() throws Exception {
        Port parent = node.port().ignoreUnmatched();
        Port child = parent.run(() -> node.thread(self -> {
            seen.add("thread begun");
            try {
                var unused = self.receive();
            } finally {
                seen.add("thread over");
            }
        })).orElseThrow();
        assertTrue(child.isAlive());
        assertSeen("thread begun");
        sayWhenGone(parent.id());
        node.kill(parent.id());
        assertSeen("thread over", "gone");
    }

    @Test
    void shouldEndTheTreeWhenTheNodeIsClosed() throws Exception {
        PortId unused = openKnots();
        node.close();
        for (int i = 0; i < BACKWARDS.length - 1; i++) {
            assertEquals(BACKWARDS[i], next());
        }
    }

    // ---- the picture -----------------------------------------------------------------------------------------------

    @Test
    void shouldShowTheTree() throws Exception {
        Supervisor top = node.open("top", () -> new Supervisor(SupervisorSpec.oneForOne(
                ChildSpec.plain("room", p -> p.on("die", m -> {
                    throw new IllegalStateException("told to");
                })),
                ChildSpec.supervisor("inner", SupervisorSpec.restForOne(ChildSpec.port("knot", Port0::new))))));
        assertEquals(2, top.countChildren().active());
        node.send(new PortId(node.id(), "room"), "die");
        await().until(() -> top.child("room").orElseThrow().restarts() == 1);
        await().until(() -> node.tree().toString().equals("""
                NODE
                ├─ system
                │  └─ NODE NodePort IDLE
                └─ user
                   └─ top Supervisor IDLE
                      ├─ room Port IDLE, restarts: 1
                      └─ inner Supervisor IDLE
                         └─ knot Port0 IDLE
                """.replace("NODE", node.id().value())));
        assertEquals(5, node.tree().size());
        assertEquals(1, node.tree().find("room").orElseThrow().restarts());
    }

    @Test
    void shouldShowWhatWaitsUntilItHasBeenHandled() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Port port = node.port("busy").otherwise(m -> {
            busy.countDown();
            go.await();
        });
        for (int i = 0; i < 8; i++) {
            node.send(port.id(), i);
        }
        busy.await();
        PortTree first = node.tree().find("busy").orElseThrow();
        assertEquals(PortTree.State.BUSY, first.state());
        assertEquals(7, first.depth());
        assertTrue(first.toString().startsWith("busy Port BUSY, 7 waiting"), first::toString);
        go.countDown();
        await().until(() -> node.tree().find("busy").orElseThrow().state() == PortTree.State.IDLE);
        PortTree idle = node.tree().find("busy").orElseThrow();
        assertEquals("busy Port IDLE\n", idle.toString());
        assertTrue(idle.busyFor().isZero() && idle.oldest().isZero(), idle::toString);
    }
}
