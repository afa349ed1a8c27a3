package io.messageport.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.CallOutcome;
import io.messageport.Node;
import io.messageport.PortId;
import io.messageport.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KilledProcessTest {
    private static final int SENDERS = 4;

    /** Messages that may be under way, so that the victim has about as many unread ones when it dies. */
    private static final int WINDOW = 2000;

    @AutoClose
    private final TestNodes nodes = new TestNodes();

    private final Node survivor = nodes.start("survivor");

    private ForkedNode fork(String incarnation) {
        ForkedNode victim = nodes.fork(Victim.class, survivor.addresses().getFirst(), incarnation);
        victim.awaitReady();
        await().atMost(Duration.ofSeconds(20)).until(() -> survivor.upNodes().contains(Victim.sink().node()));
        return victim;
    }

    @Test
    @Tag("SND-5")
    @Tag("MON-2")
    @Tag("MON-4")
    void shouldDeliverAnExactPrefixAndFireOnceBeforeAnythingNewWhenTheReceiverIsKilledUnderLoad() throws Exception {
        ForkedNode first = fork("first");
        AtomicInteger fired = new AtomicInteger();
        List<String> early = new CopyOnWriteArrayList<>();
        AtomicIntegerArray ofFirst = new AtomicIntegerArray(SENDERS);
        AtomicIntegerArray ofSecond = new AtomicIntegerArray(SENDERS);
        Semaphore window = new Semaphore(WINDOW);
        PortId acks = survivor.port().on("ack", message -> {
            boolean fromFirst = message.string(0).equals("first");
            (fromFirst ? ofFirst : ofSecond).incrementAndGet(message.intValue(1));
            window.release();
            if (!fromFirst && fired.get() == 0) {
                early.add(message.toString());
            }
        }).id();
        survivor.monitor(Victim.sink(), reason -> fired.incrementAndGet());
        survivor.guard(Victim.sink(), () -> window.release(WINDOW));
        List<Thread> senders = new ArrayList<>();
        for (int s = 0; s < SENDERS; s++) {
            int sender = s;
            senders.add(Thread.ofPlatform().start(() -> send(sender, acks, window)));
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> eachHas(500, ofFirst));
        first.kill9();
        ForkedNode second = nodes.fork(Victim.class, survivor.addresses().getFirst(), "second");
        await().atMost(Duration.ofSeconds(20)).until(() -> eachHas(500, ofSecond));
        senders.forEach(Thread::interrupt);
        for (Thread sender : senders) {
            sender.join();
        }
        second.kill9();

        assertEquals(List.of(), early);
        assertEquals(1, fired.get());
        int[] next = new int[SENDERS];
        follow(first, next);
        int[] lastOfFirst = next.clone();
        for (int s = 0; s < SENDERS; s++) {
            next[s] = -1;
        }
        follow(second, next);
        for (int s = 0; s < SENDERS; s++) {
            assertTrue(lastOfFirst[s] > 0 && next[s] > lastOfFirst[s], "sender " + s);
        }
    }

    /** Sends numbers, as fast as they are acknowledged; slowly while nobody does. */
    private void send(int sender, PortId acks, Semaphore window) {
        try {
            for (int n = 0;; n++) {
                survivor.send(Victim.sink(), "n", sender, n, acks);
                boolean unused = window.tryAcquire(20, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean eachHas(int least, AtomicIntegerArray acknowledged) {
        boolean all = true;
        for (int s = 0; s < SENDERS; s++) {
            all &= acknowledged.get(s) >= least;
        }
        return all;
    }

    /** Checks that each sender's numbers go up one by one, from {@code next} on or from anywhere when that is -1. */
    private static void follow(ForkedNode victim, int[] next) {
        for (String line : victim.output()) {
            if (line.matches("got \\d+ \\d+")) {
                String[] words = line.split(" ");
                int sender = Integer.parseInt(words[1]);
                int n = Integer.parseInt(words[2]);
                assertEquals(next[sender] < 0 ? n : next[sender], n, () -> "sender " + sender);
                next[sender] = n + 1;
            }
        }
    }

    @Test
    @Tag("ID-3")
    @Tag("MON-3")
    void shouldReachNobodyUnderOldPortIdsWhenTheNodeIsBackUnderItsName() throws Exception {
        ForkedNode first = fork("first");
        PortId old = survivor.call(Victim.sink(), "who").await().port(0);
        Probe probe = Probe.on(survivor).watch(old);
        survivor.send(old, "one");
        assertEquals("(one)", first.awaitLine("anonymous got "));
        first.kill9();
        assertInstanceOf(Reason.TransportError.class, probe.expectDown(old));
        ForkedNode second = fork("second");
        survivor.send(old, "two");
        probe.watch(old);
        assertInstanceOf(Reason.NoSuchPort.class, probe.expectDown(old));
        survivor.send(Victim.sink(), "n", 1, 2, probe.id());
        assertEquals("1 2", second.awaitLine("got "));
        assertEquals(List.of(), second.output().stream().filter(line -> line.startsWith("anonymous")).toList());
    }

    @Test
    @Tag("CAL-2")
    @Tag("MON-5")
    void shouldEndCallsAndNodeMonitorsWhenTheProcessIsKilled() throws Exception {
        ForkedNode victim = fork("first");
        Probe probe = Probe.on(survivor).watch(Victim.sink().node().nodePort());
        // The sink never replies to "n": it acknowledges, and the call stays open.
        var call = survivor.call(Victim.sink(), "n", 0, 0, probe.id());
        probe.expect("ack");
        victim.kill9();
        assertInstanceOf(Reason.TransportError.class, probe.expectDown(Victim.sink().node().nodePort()));
        assertInstanceOf(CallOutcome.Down.class, call.outcome().toCompletableFuture().get(10, TimeUnit.SECONDS));
    }

    @Test
    @Tag("CON-4")
    void shouldNotLoseTheNodeWhenTheProcessIsStoppedForLessThanTheSilenceLimit() throws Exception {
        ForkedNode victim = fork("first");
        Probe probe = Probe.on(survivor).watch(Victim.sink());
        victim.stop();
        for (int n = 0; n < 100; n++) {
            survivor.send(Victim.sink(), "n", 0, n, probe.id());
        }
        probe.expectNone(Duration.ofSeconds(1));
        victim.resume();
        for (int n = 0; n < 100; n++) {
            assertEquals(n, probe.expect("ack").intValue(2));
        }
    }

    @Test
    @Tag("KIL-4")
    @Tag("MON-1")
    void shouldTellTheReasonWhenAPortInAnotherProcessDies() {
        ForkedNode victim = fork("first");
        Probe probe = Probe.on(survivor).watch(Victim.sink());
        survivor.send(Victim.sink(), "quit");
        assertEquals(Reason.of("quit"), probe.expectDown(Victim.sink()));
        victim.kill9();
    }
}
