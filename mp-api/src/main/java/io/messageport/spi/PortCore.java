package io.messageport.spi;

import io.messageport.Action;
import io.messageport.Body;
import io.messageport.Call;
import io.messageport.CallGroup;
import io.messageport.Handler;
import io.messageport.Message;
import io.messageport.Monitor;
import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.Stash;
import io.messageport.SupervisorSpec;
import io.messageport.Timer;
import io.messageport.TypedHandler;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The engine's half of a {@link Port}: the methods are those of the port, where their contracts stand. An abstract class
 * rather than an interface, so that the one implementation is called without a look-up.
 */
public abstract class PortCore {
    /** No time limit, for the receive methods. */
    public static final long FOREVER = -1;

    /** As the number of replies a group of calls needs: one from each, and each is waited for. */
    public static final int ALL = 0;

    private static final ThreadLocal<PortCore> OPENING = new ThreadLocal<>();

    /** Checks a number of replies that a user asks for. */
    public static int quorum(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("a quorum is at least 1 reply, not " + n);
        }
        return n;
    }

    /** For the engine's subclass. */
    protected PortCore() {}

    /** The core that the port under construction on this thread belongs to; can be claimed once. */
    public static PortCore claim() {
        PortCore core = OPENING.get();
        if (core == null) {
            throw new IllegalStateException("a port is opened by its node: write node.open(MyPort::new) instead of"
                    + " new MyPort(), and open one port per constructor call");
        }
        OPENING.remove();
        return core;
    }

    /** Offers a core to the next port constructed on this thread; null withdraws the offer. */
    public static void offer(PortCore core) {
        if (core == null) {
            OPENING.remove();
        } else {
            OPENING.set(core);
        }
    }

    /** The port's ID. */
    public abstract PortId id();

    /** The port's node. */
    public abstract Node node();

    /** Whether the port has not died. */
    public abstract boolean isAlive();

    /** Sets or replaces the handler of a tag, a string or port ID. */
    public abstract void on(Object tag, Handler handler);

    /** Sets or replaces the handler of a record type's tag. */
    public abstract <T> void onRecord(Class<T> type, TypedHandler<? super T> handler);

    /** Removes the handler of a tag, or of a record type's tag. */
    public abstract void off(Object tagOrType);

    /** Sets the default handler. */
    public abstract void otherwise(Handler handler);

    /** Attaches the thread body of a threaded port. */
    public abstract void attach(Body body);

    /** Takes the first message with this tag (any if null) that passes the test (any if null); null when time is up. */
    public abstract Message receive(Object tag, Predicate<? super Message> test, long nanos)
            throws InterruptedException;

    /** Takes the first message of the record type that passes the test; null when time is up. */
    public abstract <T> T receiveRecord(Class<T> type, Predicate<? super T> test, long nanos)
            throws InterruptedException;

    /** Sends. */
    public abstract void send(PortId target, Object[] message);

    /** Sends to the reply port of the message being handled. */
    public abstract void reply(Object[] message);

    /** Kills. */
    public abstract void kill(PortId target, Object[] reason);

    /** Monitors with a callback in this port's context. */
    public abstract Monitor monitor(PortId target, Consumer<Reason> then);

    /** Links this port to the target. */
    public abstract Monitor link(PortId target);

    /** Creates a port by name. */
    public abstract PortId spawn(NodeId node, String init, Object[] args);

    /** Asks; a timeout of {@link #FOREVER} means the configured one. */
    public abstract Call call(long timeoutNanos, PortId target, Object[] message);

    /** Asks several; {@link #ALL} or the number of replies needed; a timeout of {@link #FOREVER} as for a call. */
    public abstract CallGroup callGroup(int needed, long timeoutNanos, Collection<PortId> targets, Object[] message);

    /** A stash for this many messages. */
    public abstract Stash stash(int capacity);

    /** Runs the action in this port's context after the delay, again and again when {@code periodic}. */
    public abstract Timer after(long delayNanos, boolean periodic, Action action);

    /** Runs the code under this port's exclusion. */
    public abstract <T> Optional<T> run(Callable<T> code);

    /** Starts a further thread in this port's context. */
    public abstract void async(Action action);

    /** Makes the port a supervisor; in its constructor. */
    public abstract Supervision supervise(SupervisorSpec spec);
}
