package io.messageport.runtime.kernel;

import io.messageport.Action;
import io.messageport.Body;
import io.messageport.Call;
import io.messageport.CallGroup;
import io.messageport.Guard;
import io.messageport.Handler;
import io.messageport.Message;
import io.messageport.MessageMismatchException;
import io.messageport.Monitor;
import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.Stash;
import io.messageport.SupervisorSpec;
import io.messageport.Timer;
import io.messageport.TypedHandler;
import io.messageport.face.Face;
import io.messageport.spi.Current;
import io.messageport.spi.PortCore;
import io.messageport.spi.Supervision;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The verbs of a port, told in terms of its cell: what {@link io.messageport.Port} delegates to. Verbs with a target
 * work from any thread; those that set or take something check that the port lives ({@code RCV-5}).
 */
abstract class PortVerbs extends PortCore {
    private static final Object[] NOTHING = {};

    private final Kernel kernel;

    PortVerbs(Kernel kernel) {
        this.kernel = kernel;
    }

    /** What it shares with the other ports of its node. */
    public final Kernel kernel() {
        return kernel;
    }

    abstract PortCell cell();

    /** What this port is handling on this thread, or null. */
    final Object current() {
        Current here = Current.ofThread();
        return here.core() == this ? here.payload() : null;
    }

    abstract PortThread thread();

    /** Which life of the port this is. */
    abstract int life();

    abstract Handlers handlers();

    abstract boolean handlers(Handlers expected, Handlers wanted);

    abstract Attachments attachments();

    @Override
    public final Node node() {
        return kernel.verbs().node();
    }

    // ---- handlers --------------------------------------------------------------------------------------------------

    @Override
    public final void on(Object tag, Handler handler) {
        change("set a handler", table -> table.with(tag, handler));
    }

    @Override
    @SuppressWarnings("unchecked")
    public final <T> void onRecord(Class<T> type, TypedHandler<? super T> handler) {
        Face<T> face = kernel.faces().of(type);
        Handlers.Typed typed = new Handlers.Typed(type, face, (TypedHandler<Object>) handler, kernel.unknownValues());
        change("set a handler", table -> {
            for (String tag : face.tags()) {
                table = table.with(tag, typed);
            }
            return table;
        });
    }

    @Override
    public final void off(Object tagOrType) {
        Set<?> tags = tagOrType instanceof Class<?> type ? kernel.faces().of(type).tags() : Set.of(tagOrType);
        change("remove a handler", table -> {
            for (Object tag : tags) {
                table = table.without(tag);
            }
            return table;
        });
    }

    @Override
    public final void otherwise(Handler handler) {
        change("set the default handler", table -> table.withFallback(handler));
    }

    private void change(String what, UnaryOperator<Handlers> change) {
        Handlers before;
        do {
            requireAlive(what);
            before = handlers();
        } while (!handlers(before, change.apply(before)));
    }

    private void requireAlive(String what) {
        if (!isAlive()) {
            throw new IllegalStateException("cannot " + what + ": port " + id() + " is dead");
        }
    }

    // ---- threaded ports --------------------------------------------------------------------------------------------

    @Override
    public final void attach(Body body) {
        requireAlive("attach a thread");
        cell().attachSoon(body);
        cell().deliver(new Signal.Settle());
    }

    @Override
    public final Message receive(Object tag, Predicate<? super Message> test, long nanos) throws InterruptedException {
        int from = tag == null ? 0 : 1;
        Predicate<Object> accepted =
                test == null ? payload -> true : payload -> test.test(Payloads.view(kernel.faces(), payload, from));
        Object payload = receiver().receive(tag, accepted, nanos);
        return payload == null ? null : Payloads.view(kernel.faces(), payload, from);
    }

    @Override
    public final <T> T receiveRecord(Class<T> type, Predicate<? super T> test, long nanos) throws InterruptedException {
        Face<T> face = kernel.faces().of(type);
        Set<String> tags = face.tags();
        Object onlyTag = tags.size() == 1 ? tags.iterator().next() : null;
        RecordTest<T> accepted = new RecordTest<>(type, face, tags, test);
        return receiver().receive(onlyTag, accepted, nanos) == null ? null : accepted.found;
    }

    /** Looks at payloads through the face of a record, and keeps the one it accepted. */
    private final class RecordTest<T> implements Predicate<Object> {
        private final Class<T> type;
        private final Face<T> face;
        private final Set<String> tags;
        private final Predicate<? super T> test;
        private T found;

        RecordTest(Class<T> type, Face<T> face, Set<String> tags, Predicate<? super T> test) {
            this.type = type;
            this.face = face;
            this.tags = tags;
            this.test = test;
        }

        @Override
        public boolean test(Object payload) {
            if (type.isInstance(payload)) {
                found = type.cast(payload);
            } else if (Payloads.tag(payload) instanceof String tag && tags.contains(tag)) {
                found = read(payload);
            } else {
                return false;
            }
            return test == null || test.test(found);
        }

        private T read(Object payload) {
            try {
                return kernel.unknownValues().read(face, Payloads.list(kernel.faces(), payload));
            } catch (MessageMismatchException mismatch) {
                throw new Misfit(mismatch);
            }
        }
    }

    private PortThread receiver() {
        PortThread own = thread();
        if (own == null) {
            throw new IllegalStateException("receive works in threaded ports: override run() or attach a body; port "
                    + id() + " has handlers only");
        }
        return own;
    }

    // ---- verbs with a target ---------------------------------------------------------------------------------------

    @Override
    public final void send(PortId target, Object[] message) {
        kernel.router().send(target, message);
    }

    @Override
    public final void reply(Object[] message) {
        Object asked = current();
        Object[] values = asked == null ? NOTHING : Payloads.list(kernel.faces(), asked);
        if (values.length > 0 && values[values.length - 1] instanceof PortId to) {
            kernel.router().send(to, message);
            return;
        }
        throw new IllegalStateException(asked == null
                ? "no message to reply to: reply works while a message is being handled"
                : "the message " + Payloads.describe(asked) + " does not end with a port ID to reply to; use call, not"
                        + " send, to ask");
    }

    @Override
    public final void kill(PortId target, Object[] reason) {
        kernel.router().kill(target, Reason.of(reason));
    }

    @Override
    public final Monitor monitor(PortId target, Consumer<Reason> then) {
        return watch(new PortWatches.Callback(target, cell(), then));
    }

    @Override
    public final Monitor link(PortId target) {
        return watch(new PortWatches.Link(target, cell()));
    }

    private Monitor watch(PortWatches.Owned watch) {
        requireAlive("watch another port");
        attachments().add(watch);
        kernel.verbs().watch(watch);
        if (!isAlive()) {
            // The port died meanwhile, perhaps before the watch could be cancelled.
            watch.close();
        }
        return watch;
    }

    @Override
    public final PortId spawn(NodeId node, String init, Object[] args) {
        return kernel.verbs().spawn(node, init, args);
    }

    @Override
    public final Call call(long timeoutNanos, PortId target, Object[] message) {
        return kernel.verbs().call(cell(), timeoutNanos, target, message);
    }

    @Override
    public final CallGroup callGroup(int needed, long timeoutNanos, Collection<PortId> targets, Object[] message) {
        return kernel.verbs().callGroup(cell(), needed, timeoutNanos, targets, message);
    }

    @Override
    public final Stash stash(int capacity) {
        requireAlive("open a stash");
        if (cell().isThreaded()) {
            throw new IllegalStateException("port " + id() + " has a thread, which needs no stash: receive(tag) leaves"
                    + " other messages unread, in order");
        }
        PortStash stash = new PortStash(cell(), capacity);
        owns(stash);
        return stash;
    }

    @Override
    public final Timer after(long delayNanos, boolean periodic, Action action) {
        requireAlive("set a timer");
        return PortTimer.start(cell(), delayNanos, periodic, action);
    }

    // ---- the port's context ----------------------------------------------------------------------------------------

    /** Runs code in this port soon, in line with its messages; not if it dies first. */
    public final void post(Action action) {
        cell().deliver(new Signal.Task(
                () -> {
                    action.run();
                    return null;
                },
                null,
                life()));
    }

    @Override
    @SuppressWarnings("unchecked")
    public final <T> Optional<T> run(Callable<T> code) {
        requireAlive("run code in it");
        if (cell().port() == null) {
            throw new IllegalStateException("port " + id() + " is not open yet: in its constructor, just run the code");
        }
        if (isHere()) {
            try {
                return Optional.ofNullable(code.call());
            } catch (Throwable thrown) {
                cell().doom(thrown);
                return Optional.empty();
            }
        }
        CompletableFuture<Object> done = new CompletableFuture<>();
        Signal.Task task = new Signal.Task(code, done, life());
        cell().deliver(task);
        boolean unused = kernel.dispatcher().awaits(done::isDone, Dispatcher.FOREVER);
        try {
            return Optional.ofNullable((T) done.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for port " + id() + " to run code", e);
        } catch (ExecutionException e) {
            throw new AssertionError("a task completes with a value", e);
        }
    }

    /** Whether the calling code holds this port's exclusion. */
    public final boolean isHere() {
        return Current.ofThread().core() == this && isOwner();
    }

    private boolean isOwner() {
        PortThread own = thread();
        return own == null ? !AsyncThread.isCurrent() : own.isCurrent();
    }

    @Override
    public final Supervision supervise(SupervisorSpec spec) {
        return kernel.verbs().supervise(cell(), spec);
    }

    @Override
    public final void async(Action action) {
        requireAlive("start a thread");
        AsyncThread.start(cell(), action);
    }

    /** Registers something that must end with this port. */
    final void owns(Guard guard) {
        attachments().add(guard);
    }
}
