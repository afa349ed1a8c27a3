package io.messageport.testkit.net;

import io.messageport.Node;
import io.messageport.PortId;
import io.messageport.Reason;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One sender, one port, and a monitor between them that is set again whenever it fires: checks the guarantee
 * ({@code SND-5}) at each arrival. Each message carries how often the monitor had fired, and counts anew from there.
 */
final class NumberedStream implements AutoCloseable {
    private final Node from;
    private final PortId sink;
    private final AtomicInteger fired = new AtomicInteger();
    private final AtomicLong arrived = new AtomicLong();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<Reason> reasons = new CopyOnWriteArrayList<>();

    /** Until the test is over. */
    private volatile boolean open = true;

    /** Owned by the sending thread. */
    private int epoch;

    private int next;

    /** Owned by the receiving port. */
    private int lastEpoch;

    private int last = -1;

    NumberedStream(Node from, Node to, String name) {
        this.from = from;
        sink = to.port(name).on("n", m -> arrive(m.intValue(0), m.intValue(1))).id();
        monitor();
    }

    private void monitor() {
        from.monitor(sink, reason -> {
            reasons.add(reason);
            if (open) {
                monitor();
            }
            fired.incrementAndGet();
        });
    }

    /** Sends the next message. */
    void send() {
        int now = fired.get();
        if (now != epoch) {
            epoch = now;
            next = 0;
        }
        from.send(sink, "n", epoch, next++);
    }

    private void arrive(int ofEpoch, int n) {
        int known = fired.get();
        boolean follows = ofEpoch == lastEpoch ? n == last + 1 : ofEpoch > lastEpoch && n == 0;
        boolean back = ofEpoch < lastEpoch || ofEpoch == lastEpoch && n <= last;
        if (back || !follows && known <= ofEpoch || known < ofEpoch) {
            violations.add("(" + ofEpoch + ", " + n + ") after (" + lastEpoch + ", " + last + "), fired " + known);
        }
        lastEpoch = ofEpoch;
        last = n;
        arrived.incrementAndGet();
    }

    /** Sets the monitor no more. */
    @Override
    public void close() {
        open = false;
    }

    /** How many messages have arrived. */
    long arrived() {
        return arrived.get();
    }

    /** How often the monitor has fired. */
    int fired() {
        return fired.get();
    }

    List<Reason> reasons() {
        return reasons;
    }

    /** What broke the guarantee, in words. */
    List<String> violations() {
        return violations;
    }
}
