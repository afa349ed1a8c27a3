package io.messageport.runtime.kernel;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.spi.Access;
import io.messageport.spi.Current;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A dispatcher that only notes which ports want a thread: a test gives them one, when and on which thread it likes. */
final class Stepped implements Dispatcher {
    private final ConcurrentMap<Activation, AtomicInteger> waiting = new ConcurrentHashMap<>();

    /** A node whose ports are served by this dispatcher. */
    Node node() {
        return Node.configure(c -> c.nodeId("stepped/%u").extension(Dispatcher.class, this));
    }

    /** The engine's half of a port. */
    static PortCell cell(Port port) {
        return (PortCell) Access.ports().core(port);
    }

    @Override
    public void dispatch(Activation activation) {
        waiting.computeIfAbsent(activation, fresh -> new AtomicInteger()).incrementAndGet();
    }

    /** How many activations of this port have been asked for and not begun. */
    int waiting(Activation activation) {
        AtomicInteger times = waiting.get(activation);
        return times == null ? 0 : times.get();
    }

    /** Runs one activation of this port that has been asked for; false when there is none. */
    boolean step(Activation activation) {
        AtomicInteger times = waiting.get(activation);
        if (times == null || times.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            return false;
        }
        activation.run(Current.ofThread());
        return true;
    }

    /** Runs what has been asked for, and what that asks for, until the port is idle or dead; then forgets the port. */
    void settle(Activation activation) {
        while (step(activation)) {
            // until nothing waits
        }
        waiting.remove(activation);
    }

    /**
     * The moment that an actor waits for before it acts, so that the two meet where it matters: the one who brings it
     * about is far slower than the other one.
     */
    static final class Moment {
        private static final int PATIENCE = 2_000;

        private volatile boolean come;

        void come() {
            come = true;
        }

        /** Waits, but not for ever: the actors of a test need not run at the same time. */
        void await() {
            for (int i = 0; i < PATIENCE && !come; i++) {
                Thread.onSpinWait();
            }
        }
    }
}
