package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Message;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.PortOptions;
import io.messageport.Reason;
import io.messageport.Stash;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Messages put aside, and handled later in their order. */
class StashTest extends WithNode {
    record Job(int number) {}

    /** Puts jobs aside until it is opened. */
    private static final class Shop extends Port {
        private final Stash stash = stash(5);
        private final java.util.Queue<Object> seen;

        Shop(java.util.Queue<Object> seen) {
            this.seen = seen;
            on("job", stash::put);
            on("open", m -> {
                on("job", job -> seen.add(job.get(0)));
                stash.unstashAll();
                seen.add("open");
            });
        }
    }

    private Shop shop() {
        return node.open(() -> new Shop(seen));
    }

    @Test
    void shouldHandleStashedMessagesInOrderAfterTheHandlerAndBeforeLaterMail() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Port shop = shop().on("wait", m -> gate.await());
        for (int i = 1; i <= 3; i++) {
            node.send(shop.id(), "job", i);
        }
        node.send(shop.id(), "wait");
        node.send(shop.id(), "open");
        node.send(shop.id(), "job", 4);
        gate.countDown();
        for (Object expected : new Object[] {"open", 1, 2, 3, 4}) {
            assertEquals(expected, next());
        }
    }

    @Test
    void shouldKeepRecordAndReplyPortWhenTheMessageInWorkIsStashed() throws Exception {
        Port port = node.port();
        Stash stash = port.stash(1);
        port.on(Job.class, job -> stash.put());
        port.on("open", m -> {
            port.on(Job.class, job -> port.reply("done", job.number()));
            stash.unstashAll();
        });
        var call = node.call(port.id(), new Job(7));
        node.send(port.id(), "open");
        assertEquals(Message.of("done", 7), call.await());
        Job job = new Job(8);
        port.on(Job.class, same -> stash.put());
        node.send(port.id(), job);
        settle(port);
        port.on(Job.class, seen::add);
        assertTrue(port.run(() -> {
            stash.unstashAll();
            return true;
        }).orElseThrow());
        assertTrue(job == next(), "by reference");
    }

    @Test
    void shouldKeepTheOlderFirstWhenAHandlerStashesAndUnstashesMeanwhile() throws Exception {
        Port port = node.port();
        Stash stash = port.stash(10);
        port.on("n", m -> stash.put());
        for (int i = 1; i <= 3; i++) {
            node.send(port.id(), "n", i);
        }
        boolean[] again = {true};
        port.on("open", m -> {
            port.on("n", n -> {
                if (n.intValue(0) == 1 && again[0]) {
                    again[0] = false;
                    stash.put(n);
                } else if (n.intValue(0) == 2) {
                    stash.unstashAll();
                    seen.add("two");
                } else {
                    seen.add(n.get(0));
                }
            });
            stash.unstashAll();
        });
        node.send(port.id(), "open");
        assertEquals("two", next());
        assertEquals(1, next());
        assertEquals(3, next());
    }

    @Test
    void shouldNotGrowTheStackWhenEachReplayedMessageUnstashes() throws Exception {
        int many = 100_000;
        Port port = node.port();
        Stash stash = port.stash(many);
        port.on("n", stash::put);
        for (int i = 0; i < many; i++) {
            node.send(port.id(), "n", i);
        }
        int[] handled = {0};
        port.on("open", m -> {
            port.on("n", n -> {
                assertEquals(handled[0]++, n.intValue(0));
                stash.unstashAll();
                if (handled[0] == many) {
                    seen.add("all");
                }
            });
            stash.unstashAll();
        });
        node.send(port.id(), "open");
        assertEquals("all", next());
    }

    @Test
    void shouldKillThePortWithATextThatSaysSoWhenTheStashIsFull() throws Exception {
        PortId shop = shop().id();
        var death = node.whenDown(shop).toCompletableFuture();
        for (int i = 0; i < 6; i++) {
            node.send(shop, "job", i);
        }
        assertEquals(
                new Reason.Died("java.lang.IllegalStateException: the stash of port " + shop + " is full, it holds 5"
                        + " message(s): \"job\" does not fit; unstash sooner, or give it more room"),
                death.get());
    }

    @Test
    @Tag("SND-2")
    void shouldCountWhatIsLeftAsDeadLettersWhenThePortDies() throws Exception {
        PortId shop = shop().id();
        for (int i = 0; i < 3; i++) {
            node.send(shop, "job", i);
        }
        node.kill(shop);
        assertTrue(deathOf(shop) != null);
        Awaitility.await().until(() -> node.statistics().deadLetters() == 3);
    }

    @Test
    @Tag("SND-2")
    void shouldCountWhatIsNotReplayedAsDeadLettersWhenAHandlerThrows() throws Exception {
        Port shop = shop();
        for (int i = 0; i < 4; i++) {
            node.send(shop.id(), "job", i);
        }
        shop.on("break", m -> {
            shop.on("job", job -> {
                if (job.intValue(0) == 1) {
                    throw new IllegalStateException("broken");
                }
                seen.add(job.get(0));
            });
            ((Shop) shop).stash.unstashAll();
        });
        node.send(shop.id(), "break");
        assertEquals(0, next());
        assertTrue(deathOf(shop.id()) != null);
        Awaitility.await().until(() -> node.statistics().deadLetters() == 2);
        assertNull(seen.poll());
    }

    @Test
    @Tag("CO-1")
    void shouldGiveTheRestToTheThreadWhenOneIsAttachedMeanwhile() throws Exception {
        Port shop = shop();
        for (int i = 0; i < 3; i++) {
            node.send(shop.id(), "job", i);
        }
        shop.on("open", m -> {
            shop.off("job");
            ((Shop) shop).stash.unstashAll();
            shop.attach(self -> {
                for (int i = 0; i < 4; i++) {
                    seen.add(self.receive("job").get(0));
                }
            });
        });
        node.send(shop.id(), "open");
        node.send(shop.id(), "job", 3);
        for (int i = 0; i < 4; i++) {
            assertEquals(i, next());
        }
    }

    @Test
    void shouldCountItsMessagesInThePort() throws Exception {
        Shop shop = shop();
        node.send(shop.id(), "job", 1);
        assertEquals(1, shop.run(shop.stash::size).orElseThrow());
        node.send(shop.id(), "open");
        assertEquals(0, shop.run(shop.stash::size).orElseThrow());
        assertEquals(List.of("open", 1), List.of(next(), next()));
    }

    @Test
    void shouldSayWhereAStashWorks() throws Exception {
        Shop shop = shop();
        String outside = "the stash of port " + shop.id()
                + " is for code that runs in the port: use it in a handler, or within port.run(...)";
        assertEquals(outside, misuse(() -> shop.stash.put(Message.of("job", 1))));
        assertEquals(outside, misuse(shop.stash::put));
        assertEquals(outside, misuse(shop.stash::unstashAll));
        assertEquals(outside, misuse(shop.stash::size));
        var death = node.whenDown(shop.id()).toCompletableFuture();
        assertTrue(shop.run(() -> {
            shop.stash.put();
            return 1;
        }).isEmpty());
        assertEquals(
                new Reason.Died("java.lang.IllegalStateException: no message to put into the stash of port " + shop.id()
                        + ": put() works while one is being handled"),
                death.get());
        assertEquals("cannot open a stash: port " + shop.id() + " is dead", misuse(() -> shop.stash(1)));
        Port threaded = node.thread(Port::receive);
        assertEquals("port " + threaded.id() + " has a thread, which needs no stash: receive(tag) leaves other messages"
                + " unread, in order", misuse(() -> threaded.stash(1)));
        assertEquals("a stash holds at least 1 message, not 0",
                assertThrows(IllegalArgumentException.class, () -> node.port().stash(0)).getMessage());
    }

    private static String misuse(org.junit.jupiter.api.function.Executable code) {
        return assertThrows(IllegalStateException.class, code).getMessage();
    }

    /** A full mailbox ends a port while its handler goes on: the two must not meet in the stash. */
    @Test
    @Tag("BND-1")
    void shouldFireMonitorsAndLoseNothingWhenAFullMailboxEndsThePortInTheMidstOfStashing() throws Exception {
        for (int round = 0; round < 20; round++) {
            AtomicLong put = new AtomicLong();
            CountDownLatch both = new CountDownLatch(2);
            long before = node.statistics().deadLetters();
            Port port = node.port(PortOptions.defaults().capacity(1));
            Stash stash = port.stash(Integer.MAX_VALUE);
            port.on("go", m -> {
                while (port.isAlive()) {
                    stash.put();
                    put.incrementAndGet();
                }
                both.countDown();
            });
            node.monitor(port.id(), reason -> both.countDown());
            node.send(port.id(), "go");
            Awaitility.await().until(() -> put.get() > 1000);
            node.send(port.id(), "n");
            node.send(port.id(), "n");
            assertTrue(both.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "no monitor fired in round " + round);
            Awaitility.await().until(() -> node.statistics().deadLetters() - before == put.get() + 2);
        }
    }
}
