package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MpTestTest {
    // ---- what a test is given --------------------------------------------------------------------------------------

    @MpTest(nodes = 3)
    void shouldGiveNodesThatAreAllConnected(Node a, Node b, @At("c") Node c, List<Node> all, Node[] array) {
        assertEquals(List.of("a", "b", "c"), all.stream().map(node -> node.id().value()).toList());
        assertEquals(List.of(a, b, c), all);
        assertEquals(all, List.of(array));
        assertEquals(Set.of(b.id(), c.id()), a.upNodes());
        assertEquals(Set.of(a.id(), b.id()), c.upNodes());
    }

    @MpTest(ids = {"server", "client/1"})
    void shouldGiveProbesAtNodes(@At("client/1") Probe far, Probe near, Probe other, Node server) {
        assertEquals("server", server.id().value());
        assertEquals("client/1", far.id().node().value());
        assertEquals(server.id(), near.id().node());
        assertNotEquals(near.id(), other.id());
        near.send(far.id(), "hello");
        far.expect("hello");
    }

    @MpTest
    void shouldCloseWhatATestStartsByItself(TestNodes nodes, Node a) {
        Node other = nodes.start("other", a);
        assertSame(a, nodes.node("a"));
        assertEquals(List.of(a, other), nodes.all());
    }

    static final class Greedy implements NodeSettings {
        @Override
        public NodeConfig.Builder apply(String id, NodeConfig.Builder settings) {
            return settings.spawnable("test." + id, (self, args) -> {
                self.ignoreUnmatched();
                self.send(args.port(0), "from", id);
            });
        }
    }

    @MpTest(nodes = 2, settings = Greedy.class)
    void shouldConfigureTheNodesAsTheTestSays(Node a, Node b, Probe probe) {
        var unused = a.spawn(b.id(), "test.b", probe.id());
        assertEquals("b", probe.expect("from").string(0));
    }

    @Nested
    @MpTest(nodes = 2)
    class OnAClass {
        private final Node a;
        private final Node b;
        private Node again;

        OnAClass(Node a, Node b) {
            this.a = a;
            this.b = b;
        }

        @BeforeEach
        void shouldGiveTheSameNodesToEachMethod(@At("b") Node sameB) {
            again = sameB;
        }

        @Test
        void shouldGiveTheSameNodesToTheConstructor(Node sameA) {
            assertSame(a, sameA);
            assertSame(b, again);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void shouldGiveFreshNodesToEachInvocation(int number) {
            assertEquals(Set.of(), Set.copyOf(a.tree().children().getLast().children()));
            a.port("named");
        }

        @MpTest(nodes = 3)
        void shouldPreferTheAnnotationOfTheMethod(List<Node> all) {
            assertEquals(3, all.size());
            assertSame(a, all.getFirst());
        }
    }

    /** Two tests, each of which notes what its nodes are. */
    static final class Noting {
        static final List<Node> NODES = new ArrayList<>();
        static final List<String> SECRETS = new ArrayList<>();

        @MpTest
        void one(Node a, TestNodes nodes) {
            NODES.add(a);
            SECRETS.add(nodes.secret());
        }

        @MpTest
        void two(Node a, TestNodes nodes) {
            one(a, nodes);
        }
    }

    @Test
    void shouldHaveASecretOfItsOwnAndCloseItsNodesWhenATestIsOver() {
        Noting.NODES.clear();
        Noting.SECRETS.clear();
        assertEquals(2, InnerTests.run(Noting.class).passed());
        assertNotEquals(Noting.SECRETS.get(0), Noting.SECRETS.get(1));
        assertEquals(2, Set.copyOf(Noting.NODES).size());
        for (Node node : Noting.NODES) {
            assertThrows(IllegalStateException.class, node::port);
        }
    }

    @ExtendWith(MpExtension.class)
    static final class Extended {
        @Test
        void one(Node a, Probe probe) {
            a.send(probe.id(), "hello");
            probe.expect("hello");
        }
    }

    @MpTest(nodes = 2)
    record AsRecord(Node a, Node b, @At("b") Probe probe) {
        @Test
        void one() {
            a.send(probe.id(), "hello");
            probe.expect("hello");
        }
    }

    @Test
    void shouldGiveNodesToRecordsAndToClassesWithTheExtensionAlone() {
        assertEquals(new InnerTests(1, List.of()), InnerTests.run(Extended.class));
        assertEquals(new InnerTests(1, List.of()), InnerTests.run(AsRecord.class));
    }

    // ---- what makes a test fail ------------------------------------------------------------------------------------

    static final class Leaking {
        static volatile CountDownLatch end;
        private static final List<AutoCloseable> OPEN = new ArrayList<>();

        @MpTest(patienceMillis = 100)
        void shouldLeak(Node a) {
            Thread.ofVirtual().name("forgotten-1").start(() -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            OPEN.add(Node.configure(c -> c.nodeId("forgotten-2").secret("a secret of its own").bind("127.0.0.1:0")));
        }

        @MpTest(leakCheck = false)
        void shouldNotBeChecked(Node a) {
            Thread.ofVirtual().start(() -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        static void end() throws Exception {
            end.countDown();
            for (AutoCloseable each : OPEN) {
                each.close();
            }
        }
    }

    @Test
    void shouldFailAndNameWhatIsLeftBehind() throws Exception {
        Leaking.end = new CountDownLatch(1);
        try {
            InnerTests tests = InnerTests.run(Leaking.class);
            assertEquals(1, tests.passed());
            String text = tests.failure();
            assertTrue(text.contains("virtual thread \"forgotten-1\""), text);
            assertTrue(text.contains("node forgotten-2 is not closed"), text);
            assertTrue(text.contains(" listening, not closed"), text);
        } finally {
            Leaking.end();
        }
    }

    static final class Lasting {
        static Node lasting;

        @BeforeEach
        void watch(LeakCheck check) {
            check.watch(lasting);
        }

        @MpTest(patienceMillis = 100)
        void shouldLeakAPort(Node a) {
            lasting.port("session-1");
        }

        @MpTest
        void shouldEndItsPort(Node a) {
            lasting.port("session-2").stop();
        }
    }

    @Test
    void shouldFailWhenAPortIsLeftOnANodeThatLivesOn() {
        try (Node lasting = Node.configure(c -> c.nodeId("lasting"))) {
            Lasting.lasting = lasting;
            InnerTests tests = InnerTests.run(Lasting.class);
            assertEquals(1, tests.passed());
            assertTrue(tests.failure().startsWith(
                    "left behind:\n  port lasting#session-1, opened and never ended: session-1 Port IDLE"),
                    tests::failure);
        }
    }

    /** Closes its node only after all methods of the test. */
    @MpTest
    static final class ClosingLate {
        @AutoClose
        private final Node own = Node.configure(c -> c.nodeId("own"));

        @Test
        void shouldPass() {
            Port unused = own.port();
        }
    }

    @Test
    void shouldCountWhatIsClosedAtTheVeryEndAsClosed() {
        assertEquals(new InnerTests(1, List.of()), InnerTests.run(ClosingLate.class));
    }

    static final class Failing {
        static volatile CountDownLatch end;

        @MpTest(patienceMillis = 1)
        void shouldFailBeforeItLeaks(Node a) {
            Thread.ofVirtual().name("forgotten-3").start(() -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            throw new IllegalStateException("the failure itself");
        }
    }

    @Test
    void shouldShowTheFailureOfTheTestFirst() {
        Failing.end = new CountDownLatch(1);
        try {
            InnerTests tests = InnerTests.run(Failing.class);
            assertEquals("the failure itself", tests.failure());
            String left = tests.failures().getFirst().getSuppressed()[0].getMessage();
            assertTrue(left.startsWith("left behind:\n  virtual thread \"forgotten-3\""), left);
        } finally {
            Failing.end.countDown();
        }
    }
}
