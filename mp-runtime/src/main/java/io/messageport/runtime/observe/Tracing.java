package io.messageport.runtime.observe;

import io.messageport.Guard;
import io.messageport.Message;
import io.messageport.PortId;
import io.messageport.TraceEvent;
import io.messageport.spi.Clock;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The traces of a node. Any thread; nothing but a branch while there is none. */
public final class Tracing {
    private final Clock clock;
    private final BiConsumer<String, Runnable> callbacks;
    private final CopyOnWriteArrayList<Tracer> tracers = new CopyOnWriteArrayList<>();

    /** Held while the two fields around it change together. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Whether there is a tracer; written under the lock. */
    private volatile boolean active;

    /** No traces yet. */
    public Tracing(Clock clock, BiConsumer<String, Runnable> callbacks) {
        this.clock = clock;
        this.callbacks = callbacks;
    }

    /** Traces what one port handles. */
    public Guard ofPort(PortId port, int perSecond, Consumer<? super TraceEvent> listener) {
        return start((handling, tag) -> handling.equals(port), perSecond, listener);
    }

    /** Traces what any port handles under one tag. */
    public Guard ofTag(String wanted, int perSecond, Consumer<? super TraceEvent> listener) {
        return start((port, tag) -> wanted.equals(tag), perSecond, listener);
    }

    private Guard start(BiPredicate<PortId, Object> matches, int perSecond, Consumer<? super TraceEvent> listener) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("a trace tells of at least 1 message a second, not " + perSecond);
        }
        Tracer[] self = new Tracer[1];
        Feed<TraceEvent> feed = new Feed<>("a trace", callbacks, listener, () -> end(self[0]));
        self[0] = new Tracer(clock, matches, perSecond, feed);
        change(() -> tracers.add(self[0]));
        return feed;
    }

    private void end(Tracer tracer) {
        change(() -> tracers.remove(tracer));
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            active = !tracers.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether anything is traced. */
    public boolean isActive() {
        return active;
    }

    /** A port is about to handle a message. */
    public void handling(PortId port, Object tag, Supplier<Message> message) {
        for (Tracer tracer : tracers) {
            tracer.handling(port, tag, message);
        }
    }
}
