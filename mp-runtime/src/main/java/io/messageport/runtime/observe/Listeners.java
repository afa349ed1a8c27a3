package io.messageport.runtime.observe;

import io.messageport.Guard;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** All who want to hear of one kind of event. Any thread; nothing but a branch while there is none. */
public final class Listeners<E> {
    private final String name;
    private final BiConsumer<String, Runnable> callbacks;
    private final CopyOnWriteArrayList<Listener<E>> all = new CopyOnWriteArrayList<>();
    private final LongAdder untold = new LongAdder();

    /** One listener, and how many events it has missed since the last it was told of. */
    private record Listener<E>(Feed<E> feed, AtomicLong missed) {}

    /**
     * Listeners that run by way of {@code callbacks}.
     *
     * @param name what a listener is called in the log when it throws
     */
    public Listeners(String name, BiConsumer<String, Runnable> callbacks) {
        this.name = name;
        this.callbacks = callbacks;
    }

    /** Adds one, until the guard is closed. */
    public Guard add(Consumer<? super E> listener) {
        Object[] entry = new Object[1];
        Feed<E> feed = new Feed<>(name, callbacks, listener, () -> all.remove(entry[0]));
        Listener<E> added = new Listener<>(feed, new AtomicLong());
        entry[0] = added;
        all.add(added);
        return feed;
    }

    /** Whether anybody wants to hear. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Tells each; the function makes the event, given how many the listener has missed just before. */
    public void tell(LongFunction<E> event) {
        for (Listener<E> listener : all) {
            long missed = listener.missed.getAndSet(0);
            if (!listener.feed.offer(event.apply(missed))) {
                long unused = listener.missed.addAndGet(missed + 1);
                untold.increment();
            }
        }
    }

    /** How many times a listener was not told, since it was too slow. */
    public long untold() {
        return untold.sum();
    }
}
