package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Message;
import io.messageport.MessageMismatchException;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ports with a thread, and selective receive. */
class ThreadedPortTest extends WithNode {
    record Data(int number) {}

    @Test
    @Tag("CO-1")
    void shouldEndNormallyWhenBodyReturnsAndDieWhenItThrows() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Port good = node.thread(self -> gate.await());
        Port bad = node.thread(self -> {
            gate.await();
            throw new IllegalStateException("in the body");
        });
        var goodDeath = node.whenDown(good.id()).toCompletableFuture();
        var badDeath = node.whenDown(bad.id()).toCompletableFuture();
        gate.countDown();
        assertEquals(Reason.normal(), goodDeath.get());
        assertTrue(badDeath.get().toString().contains("in the body"));
    }

    @Test
    @Tag("CO-1")
    void shouldRunBodyOfSubclassAfterStart() throws Exception {
        Echo echo = node.open(Echo::new);
        assertEquals("started first", node.call(echo.id(), "x").await().string(0));
    }

    static class Echo extends Port {
        private String first = "";

        @Override
        protected void start() {
            first = "started first";
        }

        @Override
        protected void run() throws Exception {
            for (;;) {
                Message asked = receive();
                send(asked.replyTo(), first);
            }
        }
    }

    @Test
    @Tag("CO-1")
    void shouldKeepTagHandlersAheadOfTheQueueAndRefuseSecondThread() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Port port = node.thread(self -> {
            self.on("handled", m -> seen.add("handler " + m.get(0)));
            gate.await();
            seen.add("received " + self.receive().get(0));
            self.receive("end");
        });
        node.send(port.id(), "queued");
        node.send(port.id(), "handled", 1);
        gate.countDown();
        assertEquals("handler 1", next());
        assertEquals("received queued", next());
        assertThrows(IllegalStateException.class, () -> port.attach(self -> {}));
        node.send(port.id(), "end");
    }

    @Test
    @Tag("CO-1")
    void shouldAttachThreadWhenPortIsPlain() throws Exception {
        Port port = node.port();
        port.attach(self -> seen.add(self.receive("x").get(0)));
        node.send(port.id(), "x", 42);
        assertEquals(42, next());
        assertTrue(deathOf(port.id()) != null);
    }

    @Test
    @Tag("CO-2")
    void shouldTakeByTagAndLeaveOthersInOrder() throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        Port port = node.thread(self -> {
            sent.await();
            seen.add(self.receive("b"));
            seen.add(self.receive("b"));
            seen.add(self.receive("absent", Duration.ZERO));
            seen.add(self.receive("absent", Duration.ofMillis(20)));
            seen.add(self.receive("empty", Duration.ofSeconds(5)));
            seen.add(self.receive());
            seen.add(self.receive());
        });
        node.send(port.id(), "a", 1);
        node.send(port.id(), "b", 2);
        node.send(port.id(), "empty");
        node.send(port.id(), "a", 3);
        node.send(port.id(), "b", 4);
        sent.countDown();
        assertEquals(Message.of(2), next());
        assertEquals(Message.of(4), next());
        assertEquals(Optional.empty(), next());
        assertEquals(Optional.empty(), next());
        assertEquals(Optional.of(Message.of()), next(), "an empty message differs from a timeout");
        assertEquals(Message.of("a", 1), next());
        assertEquals(Message.of("a", 3), next());
    }

    @Test
    @Tag("CO-3")
    void shouldShowEachMessageToThePredicateOnceWhenWaiting() throws Exception {
        AtomicInteger shown = new AtomicInteger();
        CountDownLatch waiting = new CountDownLatch(1);
        int count = 1_000;
        Port port = node.thread(self -> {
            waiting.countDown();
            seen.add(self.receive(m -> {
                shown.incrementAndGet();
                return m.intValue(0) == count - 1;
            }));
            seen.add(self.receive());
            seen.add(self.receive(m -> m.intValue(0) == -1, Duration.ofMillis(10)));
        });
        waiting.await();
        for (int i = 0; i < count; i++) {
            node.send(port.id(), i);
        }
        assertEquals(Message.of(count - 1), next());
        assertEquals(count, shown.get());
        assertEquals(Message.of(0), next());
        assertEquals(Optional.empty(), next());
    }

    @Test
    @Tag("CO-2")
    void shouldNotRescanOthersWhenTakingByTagFromALongQueue() throws Exception {
        int count = 50_000;
        CountDownLatch sent = new CountDownLatch(1);
        Port port = node.thread(self -> {
            sent.await();
            for (int i = 0; i < count; i++) {
                if (self.receive("wanted").intValue(0) != i) {
                    throw new IllegalStateException("out of order at " + i);
                }
            }
            seen.add("all");
        });
        for (int i = 0; i < count; i++) {
            node.send(port.id(), "other", i);
            node.send(port.id(), "wanted", i);
        }
        sent.countDown();
        assertEquals("all", next());
    }

    @Test
    @Tag("CO-3")
    void shouldReceiveByRecordTypeAndPredicateOnIt() throws Exception {
        Port port = node.thread(self -> {
            seen.add(self.receive(Data.class, d -> d.number() == 2, Duration.ofSeconds(10)).orElseThrow());
            seen.add(self.receive(Data.class));
            seen.add(self.receive(Data.class, Duration.ofMillis(10)));
        });
        node.send(port.id(), "noise");
        node.send(port.id(), new Data(1));
        node.send(port.id(), "data", 2);
        assertEquals(new Data(2), next());
        assertEquals(new Data(1), next());
        assertEquals(Optional.empty(), next());
    }

    @Test
    @Tag("CO-2")
    void shouldRefuseReceiveOutsideOfThePortsThread() throws Exception {
        Port plain = node.port();
        IllegalStateException noThread = assertThrows(IllegalStateException.class, plain::receive);
        assertTrue(noThread.getMessage().contains("threaded ports"), noThread.getMessage());
        Port threaded = node.thread(self -> {
            self.on("inside", m -> self.receive());
            self.receive("end");
        });
        assertThrows(IllegalStateException.class, threaded::receive);
        var death = node.whenDown(threaded.id()).toCompletableFuture();
        node.send(threaded.id(), "inside");
        assertTrue(death.get().toString().contains("tag handler"), death.get().toString());
    }

    @Test
    @Tag("KIL-5")
    void shouldWakeReceiverWhenKilled() throws Exception {
        Port port = node.thread(self -> {
            try {
                self.receive("never");
            } catch (InterruptedException e) {
                seen.add(e.getMessage());
                throw e;
            }
        });
        var death = node.whenDown(port.id()).toCompletableFuture();
        node.kill(port.id(), "stop");
        assertEquals(Reason.of("stop"), death.get());
        assertTrue(((String) next()).endsWith("was killed"));
    }

    @Test
    @Tag("CTX-1")
    void shouldRunForeignCodeWhenThreadReceives() throws Exception {
        Port port = node.thread(self -> self.receive("end"));
        assertEquals(port.id(), port.run(Port::self).orElseThrow());
        var death = node.whenDown(port.id()).toCompletableFuture();
        assertEquals(Optional.empty(), port.run(() -> {
            throw new IllegalStateException("foreign");
        }));
        assertTrue(death.get().toString().contains("foreign"));
    }

    @Test
    void shouldLoseNothingWhenManySendToManyThreads() throws Exception {
        int ports = 50;
        int each = 2_000;
        CountDownLatch done = new CountDownLatch(ports);
        PortId[] ids = new PortId[ports];
        for (int p = 0; p < ports; p++) {
            ids[p] = node.thread(self -> {
                for (int i = 0; i < 2 * each; i++) {
                    self.receive();
                }
                done.countDown();
            })
                    .id();
        }
        for (int t = 0; t < 2; t++) {
            Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    for (PortId id : ids) {
                        node.send(id, "n", i);
                    }
                }
            });
        }
        assertTrue(done.await(PATIENCE_SECONDS, java.util.concurrent.TimeUnit.SECONDS));
    }

    @Test
    @Tag("KIL-5")
    void shouldThrowAgainWhenADeadPortReceivesAgain() throws Exception {
        CountDownLatch ready = new CountDownLatch(1);
        Port port = node.thread(self -> {
            ready.countDown();
            for (int i = 0; i < 3; i++) {
                try {
                    self.receive();
                } catch (InterruptedException e) {
                    seen.add(i);
                }
            }
        });
        ready.await();
        node.kill(port.id());
        for (int i = 0; i < 3; i++) {
            assertEquals(i, next());
        }
    }

    @Test
    @Tag("CO-3")
    void shouldMeetAMisfitOnceWhenReceivingByType() throws Exception {
        Port port = node.thread(self -> {
            for (int i = 0; i < 2; i++) {
                try {
                    seen.add(self.receive(Data.class).number());
                } catch (MessageMismatchException e) {
                    seen.add("misfit");
                }
            }
        });
        node.send(port.id(), "data", "no number");
        node.send(port.id(), "data", 7);
        assertEquals("misfit", next());
        assertEquals(7, next());
    }

    @Test
    @Tag("CO-4")
    void shouldEndWhenAFurtherThreadFailsWhileTheBodyBlocksElsewhere() throws Exception {
        CountDownLatch watched = new CountDownLatch(1);
        Port port = node.thread(self -> {
            self.async(() -> {
                watched.await();
                throw new IllegalStateException("boom");
            });
            new CountDownLatch(1).await();
        });
        var death = node.whenDown(port.id()).toCompletableFuture();
        watched.countDown();
        assertTrue(death.get().toString().contains("boom"));
    }

    @Test
    @Tag("CO-1")
    void shouldRefuseTheSecondThreadToItsCaller() {
        for (int i = 0; i < 100; i++) {
            Port port = node.port();
            port.attach(self -> self.receive("never"));
            assertThrows(IllegalStateException.class, () -> port.attach(self -> self.receive("never")));
            assertTrue(port.isAlive());
        }
    }
}
