package io.messageport.runtime;

import static io.messageport.ChildSpec.Restart.TEMPORARY;
import static io.messageport.ChildSpec.Restart.TRANSIENT;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Backoff;
import io.messageport.Child;
import io.messageport.ChildSpec;
import io.messageport.ChildStartException;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.Supervisor;
import io.messageport.SupervisorSpec;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A supervisor and real children. What it decides stands in the tables of its strategy; this is whether it is done. */
class SupervisorTest extends WithNode {
    /** Says when it starts and ends, echoes, and throws on demand. */
    static class Worker extends Port {
        private final Queue<Object> seen;

        Worker(Queue<Object> seen) {
            this.seen = seen;
        }

        @Override
        protected void start() {
            seen.add("start " + id().name());
            on("echo", m -> reply(m.get(0)));
            on("throw", m -> {
                throw new IllegalStateException("told to");
            });
        }

        @Override
        protected void stopped(Reason reason) {
            seen.add("stop " + id().name());
        }
    }

    private ChildSpec worker(String name) {
        return ChildSpec.port(name, () -> new Worker(seen));
    }

    private Supervisor open(SupervisorSpec spec) {
        return node.open("top", () -> new Supervisor(spec));
    }

    private void assertSeen(String... expected) throws InterruptedException {
        for (String each : expected) {
            assertEquals(each, next());
        }
    }

    private PortId id(String name) {
        return new PortId(node.id(), name);
    }

    @Test
    void shouldStartChildrenInOrderAndAnswerOnlyThen() throws Exception {
        Supervisor top = open(SupervisorSpec.oneForOne(worker("a"), worker("b"), worker("c")));
        assertEquals(List.of("a", "b", "c"), top.children().stream().map(Child::key).toList());
        assertEquals(new Child.Count(3, 3, 0, 3), top.countChildren());
        assertSeen("start a", "start b", "start c");
    }

    @Test
    void shouldRestartAChildThatThrewUnderTheSameId() throws Exception {
        Supervisor top = open(SupervisorSpec.oneForOne(worker("a"), worker("b")));
        assertSeen("start a", "start b");
        node.send(id("a"), "throw");
        assertSeen("stop a", "start a");
        assertEquals("hi", node.call(id("a"), "echo", "hi").await().string(0));
        assertEquals(1, top.child("a").orElseThrow().restarts());
        assertEquals(0, top.child("b").orElseThrow().restarts());
    }

    @Test
    void shouldRestartAllInOrderWhenOneForAll() throws Exception {
        Supervisor top = open(SupervisorSpec.oneForAll(worker("a"), worker("b"), worker("c")));
        assertSeen("start a", "start b", "start c");
        node.send(id("b"), "throw");
        assertSeen("stop b", "stop c", "stop a", "start a", "start b", "start c");
        assertEquals(3, top.countChildren().active());
    }

    @Test
    void shouldEndItselfAfterItsChildrenWhenTheyFallTooOften() throws Exception {
        Supervisor top = open(SupervisorSpec.oneForOne(worker("a"), worker("b")));
        assertSeen("start a", "start b");
        var end = node.whenDown(top.id()).toCompletableFuture();
        node.send(id("b"), "throw");
        assertSeen("stop b", "start b");
        node.send(id("b"), "throw");
        assertSeen("stop b", "stop a");
        assertEquals(Reason.of("shutdown", "too many restarts", "b", "die: java.lang.IllegalStateException: told to"),
                end.get());
    }

    @Test
    void shouldEndAtBootWhenAChildDoesNotStart() throws Exception {
        SupervisorSpec spec = SupervisorSpec.oneForOne(worker("a"), ChildSpec.port("b", () -> new Worker(seen) {
            @Override
            protected void start() {
                throw new IllegalStateException("not today");
            }
        }));
        AtomicReference<PortId> top = new AtomicReference<>();
        Port starter = node.port();
        Object unused = starter.run(() -> {
            top.set(open(spec).id());
            starter.monitor(top.get(), reason -> seen.add(reason));
            return true;
        });
        assertSeen("start a", "stop b", "stop a");
        Reason reason = (Reason) next();
        assertEquals(
                Reason.of("shutdown", "child failed to start", "b", "die: java.lang.IllegalStateException: not today"),
                reason);
    }

    @Test
    void shouldTryAgainWhenARestartFails() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Supervisor top = open(SupervisorSpec.oneForOne(ChildSpec.port("a", () -> {
            int n = tries.incrementAndGet();
            if (n == 2 || n == 3) {
                throw new IllegalStateException("try " + n);
            }
            return new Worker(seen);
        })).intensity(5, ofSeconds(60)).backoff(Backoff.between(ofMillis(1), ofMillis(2))));
        assertSeen("start a");
        node.send(id("a"), "throw");
        assertSeen("stop a", "start a");
        assertEquals(4, tries.get());
        assertEquals(1, top.children().size());
    }

    @Test
    void shouldRestartThreadedAndPlainChildren() throws Exception {
        Supervisor top = open(SupervisorSpec.oneForOne(
                ChildSpec.thread("t", self -> {
                    seen.add("begin");
                    seen.add(self.receive().string(0));
                }),
                ChildSpec.plain("p", port -> port.on("throw", m -> {
                    seen.add("thrown");
                    throw new IllegalStateException("told to");
                }))).intensity(2, ofSeconds(60)));
        assertSeen("begin");
        node.send(id("t"), "x");
        assertSeen("x", "begin");
        node.send(id("p"), "throw");
        assertSeen("thrown");
        await().until(() -> top.child("p").orElseThrow().restarts() == 1);
        node.send(id("p"), "throw");
        assertSeen("thrown");
    }

    @Test
    void shouldStartTerminateRestartAndDeleteFromAnyThread() throws Exception {
        Supervisor top = open(SupervisorSpec.oneForOne(worker("a")));
        Child b = top.startChild(worker("b"));
        assertEquals(id("b"), b.port().orElseThrow());
        assertSeen("start a", "start b");
        top.terminateChild("b");
        assertSeen("stop b");
        assertEquals(Child.State.STOPPED, top.child("b").orElseThrow().state());
        assertEquals(Child.State.RUNNING, top.restartChild("b").state());
        assertSeen("start b");
        top.terminateChild(id("b"));
        top.deleteChild("b");
        assertSeen("stop b");
        assertTrue(top.child("b").isEmpty());
        assertEquals("supervisor " + top.id() + " has no child \"b\"",
                assertThrows(IllegalArgumentException.class, () -> top.terminateChild("b")).getMessage());
        assertEquals("child \"a\" runs: terminate it first (supervisor " + top.id() + ")",
                assertThrows(IllegalStateException.class, () -> top.deleteChild("a")).getMessage());
    }

    @Test
    void shouldNameWhatIsNullOrUnknown() {
        Supervisor top = open(SupervisorSpec.oneForOne(worker("a")));
        isNull("a supervisor needs a spec, not null", () -> node.open(() -> new Supervisor(null)));
        isNull("the spec of a child must not be null", () -> top.startChild(null));
        isNull("the key of a child must not be null", () -> top.terminateChild((String) null));
        isNull("the port of a child must not be null", () -> top.terminateChild((PortId) null));
        isNull("the key of a child must not be null", () -> top.restartChild(null));
        isNull("the key of a child must not be null", () -> top.deleteChild(null));
        isNull("the key of a child must not be null", () -> top.child(null));
        PortId stranger = node.port().ignoreUnmatched().id();
        assertEquals("supervisor " + top.id() + " has no child " + stranger,
                assertThrows(IllegalArgumentException.class, () -> top.terminateChild(stranger)).getMessage());
        assertEquals("child \"a\" runs already (supervisor " + top.id() + ")",
                assertThrows(IllegalStateException.class, () -> top.startChild(worker("a"))).getMessage());
        assertEquals("child \"a\" runs: terminate it first (supervisor " + top.id() + ")",
                assertThrows(IllegalStateException.class, () -> top.restartChild("a")).getMessage());
    }

    private static void isNull(String message, Executable misuse) {
        assertEquals(message, assertThrows(NullPointerException.class, misuse).getMessage());
    }

    @Test
    void shouldServeRequestsOfItsOwnChildren() throws Exception {
        AtomicReference<Supervisor> top = new AtomicReference<>();
        top.set(open(SupervisorSpec.oneForOne(ChildSpec.plain("a", port -> port.on("grow", m -> {
            Child grown = top.get().startChild(worker("b"));
            port.reply(grown.key());
        })))));
        assertEquals(1, top.get().children().size());
        assertEquals("b", node.call(id("a"), "grow").await().string(0));
    }

    @Test
    void shouldRefuseARequestOfCodeItIsJustRunning() {
        AtomicReference<Supervisor> top = new AtomicReference<>();
        top.set(open(SupervisorSpec.dynamic()));
        ChildStartException refused = assertThrows(ChildStartException.class,
                () -> top.get().startChild(ChildSpec.plain("a", port -> top.get().terminateChild("b"))));
        assertEquals(new Reason.Died("java.lang.IllegalStateException: supervisor " + top.get().id()
                + " is just running"
                + " this code to start a child and cannot wait for itself; ask it from the child's start() or a handler,"
                + " or from another port"), refused.reason());
    }

    @Test
    void shouldSayWhyAChildDidNotStart() {
        Supervisor top = open(SupervisorSpec.dynamic());
        Port taken = node.port("taken");
        ChildStartException refused =
                assertThrows(ChildStartException.class, () -> top.startChild(worker("taken")));
        assertEquals(
                "child \"taken\" of supervisor " + top.id() + " did not start: die: java.lang.IllegalStateException: a"
                        + " live port of node " + node.id()
                        + " has the name \"taken\"; choose another, or wait for its end",
                refused.getMessage());
        assertTrue(taken.isAlive());
        assertEquals(0, top.countChildren().specs());
    }

    @Test
    void shouldOutliveMessagesItHasNoHandlerFor() {
        Supervisor top = open(SupervisorSpec.dynamic());
        node.send(top.id(), "what?");
        assertEquals(0, top.countChildren().specs());
    }

    @Test
    void shouldRefuseRequestsWhenDead() throws Exception {
        Supervisor top = open(SupervisorSpec.dynamic());
        node.kill(top.id());
        Reason unused = deathOf(top.id());
        assertEquals("supervisor " + top.id() + " is dead; monitor it to know why",
                assertThrows(IllegalStateException.class, () -> top.startChild(worker("a"))).getMessage());
    }

    @Test
    void shouldRefuseASignificantChildLater() {
        Supervisor top = open(SupervisorSpec.dynamic());
        ChildSpec spec = worker("a").restart(TRANSIENT).significant(true);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> top.startChild(spec)).getMessage()
                .startsWith("child \"a\" is significant, but the supervisor's autoShutdown is NEVER"));
    }

    @Test
    void shouldGiveANewIdToAChildWithoutAName() throws Exception {
        Supervisor top = open(SupervisorSpec.dynamic());
        Child first = top.startChild(ChildSpec.port(() -> new Worker(seen)));
        Object started = next();
        node.send(first.port().orElseThrow(), "throw");
        Object stopped = next();
        assertEquals("stop" + started.toString().substring(5), stopped);
        Object again = next();
        assertNotEquals(started, again);
        PortId second = top.child(first.key()).orElseThrow().port().orElseThrow();
        assertEquals("start " + second.name(), again);
    }

    /** Each waits in its end for the others: one after the other they would be ended without mercy. */
    @Test
    void shouldEndTheChildrenOfADynamicSupervisorAllAtTheSameTime() throws Exception {
        Supervisor top = open(SupervisorSpec.dynamic());
        CountDownLatch together = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            Child unused = top.startChild(ChildSpec.port("c" + i, () -> new Port() {
                @Override
                protected void stopped(Reason reason) throws InterruptedException {
                    together.countDown();
                    seen.add(together.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
                }
            }).unlimitedGrace());
        }
        node.kill(top.id());
        Reason unused = deathOf(top.id());
        assertEquals(List.of(true, true, true, true), List.copyOf(seen));
    }

    @Test
    void shouldForgetTemporaryChildrenThatEnd() throws Exception {
        Supervisor top = open(SupervisorSpec.dynamic());
        for (int i = 0; i < 100; i++) {
            PortId port = top.startChild(ChildSpec.plain("c" + i, p -> {}).restart(TEMPORARY)).port().orElseThrow();
            node.kill(port, "enough");
        }
        await().until(() -> top.countChildren().specs() == 0);
    }
}
