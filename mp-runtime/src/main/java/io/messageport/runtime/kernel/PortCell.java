package io.messageport.runtime.kernel;

import io.messageport.Body;
import io.messageport.Handler;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.spi.Current;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One port. How messages wait and wake it stands in {@link Mailbox}, what ends with it in {@link Lifetime}, what it can
 * be asked to do in {@link PortVerbs}.
 *
 * <p>What runs in the port runs on the thread that owns the mailbox: a drain of the dispatcher, or the port's own thread.
 */
public final class PortCell extends Replaying implements Endpoint, Runnable {
    /** Messages one activation handles before it lets other ports run. */
    private static final int QUANTUM = 256;

    private static final VarHandle HANDLERS = find("handlers", Handlers.class);
    private static final VarHandle BODY = find("body", Body.class);

    private final PortId id;
    private Port port;
    private volatile Handlers handlers = Handlers.NONE;
    private volatile PortThread thread;

    /** The latest wish to kill the port, which either stands in the mailbox too or found the port's thread. */
    private volatile Signal.Kill killed;

    /** What the port's own thread runs or is about to run; written once. */
    private volatile Body body;

    /** Owned by the running thread: the payload being handled, for replies and for the last words in the log. */
    private Object current;

    /** Owned by the running thread: set by code of the port that failed inside a handler which did not. */
    private Throwable doom;

    PortCell(Kernel kernel, PortId id, boolean scheduled) {
        super(kernel, scheduled);
        this.id = id;
    }

    private static VarHandle find(String field, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(PortCell.class, field, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public PortId id() {
        return id;
    }

    Port port() {
        return port;
    }

    void port(Port opened) {
        port = opened;
    }

    // ---- senders ---------------------------------------------------------------------------------------------------

    @Override
    void activate() {
        PortThread own = thread;
        if (own == null) {
            kernel().dispatcher().dispatch(this);
        } else {
            own.wake();
        }
    }

    @Override
    public void kill(Reason reason) {
        kill(reason, null);
    }

    /** Kills the port from any thread; the cause goes to the log if nobody else is told. */
    void kill(Reason reason, Throwable cause) {
        Signal.Kill wish = new Signal.Kill(reason, cause);
        killed = wish;
        if (thread == null) {
            deliver(wish);
        }
        if (thread != null) {
            Thread unused = Thread.ofVirtual().name("mp-kill").start(() -> die(reason, cause));
        }
    }

    // ---- the owner -------------------------------------------------------------------------------------------------

    @Override
    public void run() {
        if (!takeOver()) {
            return;
        }
        Current here = Current.ofThread();
        here.core(this);
        try {
            drain();
        } finally {
            here.core(null);
        }
    }

    private void drain() {
        do {
            int handled = 0;
            Object taken;
            while (handled < QUANTUM && (taken = poll()) != null) {
                handled++;
                if (!take(taken)) {
                    return;
                }
            }
            if (handled == QUANTUM && movedBehind()) {
                return;
            }
        } while (!idle());
    }

    /** Lets others run first; false when there is no memory for that, and the drain goes on. */
    private boolean movedBehind() {
        behind();
        try {
            kernel().dispatcher().dispatchBehind(this);
            return true;
        } catch (OutOfMemoryError e) {
            return !takeOver();
        }
    }

    /** Handles one thing from the mailbox; false when the port has died or got a thread. */
    @Override
    boolean take(Object taken) {
        try {
            if (taken instanceof Signal signal) {
                return obey(signal);
            }
            current = taken;
            handle(taken);
            current = null;
        } catch (Throwable thrown) {
            fail(thrown);
            return false;
        } finally {
            if (Thread.currentThread().isInterrupted()) {
                // The next message on this thread may be another port's.
                boolean unused = Thread.interrupted();
            }
        }
        return settle();
    }

    private void handle(Object payload) throws Exception {
        Handlers table = handlers;
        if (!Dispatch.byTag(kernel(), table, payload)) {
            Handler fallback = table.fallback();
            if (fallback == null) {
                die(Dispatch.unhandled(payload), null);
            } else {
                fallback.handle(Payloads.view(kernel().faces(), payload, 0));
            }
        }
    }

    /** What must happen between two messages; false when the port has died or got a thread. */
    private boolean settle() {
        if (doom != null) {
            fail(doom);
        }
        replay();
        Body wanted = body;
        if (wanted == null || !isAlive() || thread != null) {
            return isAlive();
        }
        PortThread own = new PortThread(this, wanted);
        thread = own;
        own.start();
        Signal.Kill waiting = killed;
        if (waiting != null) {
            // It waits in the mailbox too, where a body that never receives would not find it.
            die(waiting.reason(), waiting.cause());
        }
        return false;
    }

    @Override
    boolean isThreaded() {
        return body != null || thread != null;
    }

    /** Whether a message would meet anything but the end of the port; asked by the owner. */
    boolean canReceive() {
        return body != null || !handlers.isEmpty() || !isAlive();
    }

    /** The port gets a thread when the present handler is done. */
    void attachSoon(Body wanted) {
        if (!BODY.compareAndSet(this, null, wanted)) {
            throw new IllegalStateException("port " + id + " has a thread already");
        }
    }

    private boolean obey(Signal signal) throws Exception {
        switch (signal) {
            case Signal.Kill kill -> die(kill.reason(), kill.cause());
            case Signal.Task task -> perform(task);
            case Signal.Settle settle -> {}
            case Signal.Start start -> start.init().run();
        }
        return settle();
    }

    private void perform(Signal.Task task) throws Exception {
        try {
            Object value = task.code().call();
            if (task.done() != null) {
                task.done().complete(value);
            }
        } finally {
            task.abandon();
        }
    }

    /** In the port's thread: true when a tag handler or the engine took it, false when it is for the inbox. */
    boolean takeInThread(Object taken) {
        try {
            if (taken instanceof Signal signal) {
                boolean ignored = obey(signal);
                return true;
            }
            Handlers table = handlers;
            if (!table.hasTags()) {
                return false;
            }
            Object before = handling(taken);
            boolean done = Dispatch.byTag(kernel(), table, taken);
            current = before;
            return done;
        } catch (Throwable thrown) {
            fail(thrown);
            return true;
        }
    }

    /** Notes what is being handled; returns what was before, for the caller to restore. */
    Object handling(Object payload) {
        Object before = current;
        current = payload;
        return before;
    }

    // ---- death -----------------------------------------------------------------------------------------------------

    /** The port's code threw. */
    void fail(Throwable thrown) {
        die(Reason.Died.of(thrown), thrown);
    }

    /**
     * The one way out of life. A step that throws keeps none of the others from being done; the mailbox is given up last,
     * and the name after the monitors have fired, so that nothing sent to a successor overtakes them ({@code SND-5}).
     */
    public void die(Reason reason, Throwable cause) {
        if (!dies(reason)) {
            return;
        }
        PortThread own = thread;
        try {
            if (own == null || own.isCurrent()) {
                Death.stopped(this, reason);
            }
            if (!tell(reason)) {
                Death.log(this, reason, cause, current);
            }
        } finally {
            kernel().table().leave(this);
            if (own == null) {
                dropReplay();
                sweep();
            } else if (own.isCurrent()) {
                own.died();
            } else {
                own.end();
            }
        }
    }

    /** The last act of a threaded port's thread, after it has died by itself or of others. */
    void threadEnded(boolean diedOfOthers) {
        try {
            if (diedOfOthers) {
                Death.stopped(this, death());
            }
        } finally {
            sweep();
        }
    }

    @Override
    void drop(Object left) {
        switch (left) {
            case Signal.Task task -> task.abandon();
            case Signal signal -> {}
            default -> kernel().deadLetters().add(id, left);
        }
    }

    @Override
    PortCell cell() {
        return this;
    }

    @Override
    Object current() {
        return current;
    }

    @Override
    PortThread thread() {
        return thread;
    }

    /** Code of the port failed inside a handler that goes on; the port dies when that handler is done. */
    void doom(Throwable thrown) {
        if (thread != null) {
            fail(thrown);
        } else if (doom == null) {
            doom = thrown;
        }
    }

    @Override
    Handlers handlers() {
        return handlers;
    }

    @Override
    boolean handlers(Handlers expected, Handlers wanted) {
        return HANDLERS.compareAndSet(this, expected, wanted);
    }
}
