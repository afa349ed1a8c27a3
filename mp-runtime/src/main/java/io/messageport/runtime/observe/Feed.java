package io.messageport.runtime.observe;

import io.messageport.Guard;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The bounded way to one listener: runs it on the callback thread, in the order of the offers of each thread, and refuses
 * what it is too slow for. Any thread.
 */
final class Feed<E> implements Guard {
    /** How many may wait for the listener. */
    static final int LIMIT = 1024;

    private final String name;
    private final BiConsumer<String, Runnable> callbacks;
    private final Consumer<? super E> listener;
    private final Runnable whenClosed;
    private final AtomicInteger waiting = new AtomicInteger();

    /** Set once. */
    private final AtomicBoolean closed = new AtomicBoolean();

    Feed(String name, BiConsumer<String, Runnable> callbacks, Consumer<? super E> listener, Runnable whenClosed) {
        this.name = name;
        this.callbacks = callbacks;
        this.listener = listener;
        this.whenClosed = whenClosed;
    }

    /** Hands an event over; false when the listener is too far behind. */
    boolean offer(E event) {
        if (waiting.incrementAndGet() > LIMIT) {
            int unused = waiting.decrementAndGet();
            return false;
        }
        callbacks.accept(name, () -> {
            int unused = waiting.decrementAndGet();
            if (!closed.get()) {
                listener.accept(event);
            }
        });
        return true;
    }

    boolean isClosed() {
        return closed.get();
    }

    @Override
    public boolean cancel() {
        if (closed.getAndSet(true)) {
            return false;
        }
        whenClosed.run();
        return true;
    }
}
