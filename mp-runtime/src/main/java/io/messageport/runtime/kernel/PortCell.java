package io.messageport.runtime.kernel;

import io.messageport.Body;
import io.messageport.Handler;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.Supervisor;
import io.messageport.spi.Current;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One port. How messages wait and wake it stands in {@link Mailbox}, what ends with it in {@link Lifetime}, how it ends in
 * {@link Ending}, what it can be asked to do in {@link PortVerbs}.
 *
 * <p>What runs in the port runs on the thread that owns the mailbox: a drain of the dispatcher, or the port's own thread.
 */
public final class PortCell extends Ending implements Endpoint, Activation {
    /** Messages one activation handles before it lets other ports run. */
    private static final int QUANTUM = 256;

    private static final VarHandle HANDLERS = find("handlers", Handlers.class);
    private static final VarHandle THREADING = find("threading", Object.class);

    private final PortId id;
    private final Bounds bounds;
    private Port port;
    private volatile Handlers handlers = Handlers.NONE;

    /** Null for a callback port; the {@link Body} of a port that is about to get a thread; the {@link PortThread}. */
    private volatile Object threading;

    /** The first wish to kill this life of the port, which either stands in the mailbox too or found the port's thread. */
    private volatile Signal.Kill killed;

    PortCell(Kernel kernel, PortId id, Bounds bounds, Object first) {
        super(kernel, first);
        this.id = id;
        this.bounds = bounds;
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

    /** Whether it is a supervisor. */
    public boolean isSupervisor() {
        return port instanceof Supervisor;
    }

    void port(Port opened) {
        port = opened;
    }

    // ---- senders ---------------------------------------------------------------------------------------------------

    @Override
    void activate() {
        PortThread own = thread();
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
        Signal.Kill wish = new Signal.Kill(reason, cause, life());
        Signal.Kill earlier = killed;
        if (earlier == null || earlier.life() != wish.life()) {
            killed = wish;
        }
        if (thread() == null) {
            deliver(wish);
        }
        if (thread() != null) {
            kernel().dispatcher().thread("mp-kill", () -> die(wish)).start();
        }
    }

    // ---- the owner -------------------------------------------------------------------------------------------------

    @Override
    public void run(Current here) {
        if (!takeOver(here)) {
            return;
        }
        here.core(this);
        Place at = place();
        if (at != null) {
            at.runner(Thread.currentThread());
        }
        try {
            drain(here);
        } finally {
            here.core(null);
            here.payload(null);
            at = place();
            if (at != null) {
                at.runsNoMore(Thread.currentThread());
            }
        }
    }

    private void drain(Current here) {
        int share = QUANTUM;
        boolean observed = Observed.isOn(kernel());
        Stint stint = here instanceof Stint worker ? worker : null;
        Object taken = poll();
        for (;;) {
            while (taken != null) {
                if (!(observed ? Observed.take(this, here, taken) : take(here, taken))) {
                    return;
                }
                if (--share == 0) {
                    share = QUANTUM;
                    observed = Observed.isOn(kernel());
                    kernel().dispatcher().share();
                }
                taken = pollOn(stint);
            }
            if (idle(here)) {
                return;
            }
            taken = pollOn(stint);
        }
    }

    private Object pollOn(Stint stint) {
        Object taken = poll();
        return taken != null && stint != null ? stint.goesOn(taken) : taken;
    }

    /** Handles one thing from the mailbox; false when the port has died or got a thread. */
    boolean take(Current here, Object taken) {
        try {
            if (taken instanceof Object[] || !(taken instanceof Signal signal)) {
                here.payload(taken);
                handle(taken);
            } else {
                here.payload(null);
                obey(signal);
            }
        } catch (Throwable thrown) {
            fail(thrown);
        } finally {
            if (Thread.currentThread().isInterrupted()) {
                // The next message on this thread may be another port's.
                boolean unused = Thread.interrupted();
            }
        }
        return settle(here);
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
    private boolean settle(Current here) {
        Throwable doom = here.doom();
        if (doom != null) {
            here.doom(null);
            fail(doom);
        }
        if (!isAlive()) {
            ended();
            return false;
        }
        if (!(threading instanceof Body wanted)) {
            return true;
        }
        PortThread own = new PortThread(this, wanted);
        threading = own;
        leaveToThread(here);
        if (!isAlive()) {
            // Whoever has ended the port may not have seen the thread.
            own.died();
        }
        own.start();
        Signal.Kill waiting = killed;
        if (waiting != null) {
            // It waits in the mailbox too, where a body that never receives would not find it.
            die(waiting);
        }
        return false;
    }

    /** Forgets the former life; for the one who revived it. */
    void beginAnew() {
        handlers = Handlers.NONE;
        port = null;
        threading = null;
        killed = null;
    }

    /** Whether the port has a thread or is about to get one. */
    boolean isThreaded() {
        return threading != null;
    }

    /** Whether a message would meet anything but the end of the port; asked by the owner. */
    boolean canReceive() {
        return threading != null || !handlers.isEmpty() || !isAlive();
    }

    /** The port gets a thread when the present handler is done. */
    void attachSoon(Body wanted) {
        if (!THREADING.compareAndSet(this, null, wanted)) {
            throw new IllegalStateException("port " + id + " has a thread already");
        }
    }

    private void obey(Signal signal) throws Exception {
        switch (signal) {
            case Signal.Kill kill -> die(kill);
            case Signal.Task task -> {
                if (task.life() == life()) {
                    perform(task);
                } else {
                    task.abandon();
                }
            }
            case Signal.Settle settle -> {}
            case Signal.Start start -> start.init().run(this);
        }
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
                obey(signal);
                return true;
            }
            Handlers table = handlers;
            if (!table.hasTags()) {
                return false;
            }
            Current here = Current.ofThread();
            Object before = here.payload();
            here.payload(taken);
            boolean done = Dispatch.byTag(kernel(), table, taken);
            here.payload(before);
            return done;
        } catch (Throwable thrown) {
            fail(thrown);
            return true;
        }
    }

    // ---- death -----------------------------------------------------------------------------------------------------

    /** A kill is for the life that it found ({@code KIL-1}). */
    private void die(Signal.Kill kill) {
        if (kill.life() == life()) {
            die(kill.reason(), kill.cause());
        }
    }

    /** The port's code threw. */
    void fail(Throwable thrown) {
        die(Reason.Died.of(thrown), thrown);
    }

    @Override
    void drop(Object left) {
        switch (left) {
            case Signal.Task task -> task.abandon();
            case Signal signal -> {}
            default -> kernel().deadLetters().left(id, left);
        }
    }

    @Override
    PortCell cell() {
        return this;
    }

    @Override
    Bounds bounds() {
        return bounds;
    }

    @Override
    PortThread thread() {
        return threading instanceof PortThread own ? own : null;
    }

    /** Code of the port failed inside a handler that goes on; the port dies when that handler is done. */
    void doom(Throwable thrown) {
        if (thread() != null) {
            fail(thrown);
        } else {
            Current.ofThread().doom(thrown);
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
