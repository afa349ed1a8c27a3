package io.messageport;

import io.messageport.spi.Access;
import io.messageport.spi.Current;
import io.messageport.spi.Nanos;
import io.messageport.spi.PortCore;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A light mailbox with an address: opened with {@link Node#port()} and given handlers, or extended and opened with
 * {@link Node#open}.
 *
 * <p><b>Callback port:</b> {@link #on} and {@link #otherwise} set what happens with a message. One handler runs at a
 * time, on some virtual thread, where it may block; each sees what the one before it wrote ({@code RCV-7}). A subclass
 * sets its handlers in its constructor or in {@link #start}.
 *
 * <p><b>Threaded port:</b> a subclass that overrides {@link #run()}, or a port with an attached body, owns a virtual
 * thread and takes messages with {@link #receive} ({@code CO-1}). Handlers set for a tag keep priority: they run inside
 * {@code receive}, on the port's thread.
 *
 * <p>An exception out of a handler, a body or a callback of the port kills the port, with the exception as the reason;
 * nothing else is harmed ({@code RCV-6}). Methods that set or take something are for the port's own node and throw on a
 * dead port ({@code RCV-5}); verbs with a target work from any thread.
 */
public class Port extends PortCalls {
    static {
        Access.install(new PortDoors());
    }

    private static final String NO_TAG = "a tag must not be null; otherwise(handler) takes messages without one";
    private static final String NO_TYPE = "a record type must not be null";
    private static final String NO_HANDLER = "a handler must not be null; off(...) removes one";
    private static final String NO_ACTION = "the code to run must not be null";

    private final PortCore core;

    /**
     * For {@link Node#open}, which constructs the port.
     *
     * @throws IllegalStateException when called by anyone else
     */
    protected Port() {
        this(PortCore.claim());
    }

    Port(PortCore core) {
        this.core = core;
    }

    @Override
    final PortCore core() {
        return core;
    }

    /**
     * The port whose handler, body or callback is running on this thread.
     *
     * @throws IllegalStateException outside of every port
     */
    public static PortId self() {
        PortCore current = Current.ofThread().core();
        if (current == null) {
            throw new IllegalStateException("no port here: self() works in a port's handlers, body and callbacks");
        }
        return current.id();
    }

    /** The first thing that runs in the port, before any message; for subclasses. */
    protected void start() throws Exception {}

    /** The body of a threaded port, for subclasses that want one; when it returns, the port ends normally. */
    protected void run() throws Exception {}

    /** The last thing that runs in the port; its monitors wait, unless the port was ended at once. Throwing is logged. */
    protected void stopped(Reason reason) throws Exception {}

    /** The port's address. */
    public final PortId id() {
        return core.id();
    }

    /** The node the port lives on. */
    public final Node node() {
        return core.node();
    }

    /** Whether the port has not died yet. */
    public final boolean isAlive() {
        return core.isAlive();
    }

    // ---- receiving -------------------------------------------------------------------------------------------------

    /** Sets or replaces the handler of messages with this tag, from the next message on ({@code RCV-2}). */
    public final Port on(String tag, Handler handler) {
        core.on(Objects.requireNonNull(tag, NO_TAG), Objects.requireNonNull(handler, NO_HANDLER));
        return this;
    }

    /** As {@link #on(String, Handler)}, for messages whose first value is this port ID. */
    public final Port on(PortId tag, Handler handler) {
        core.on(Objects.requireNonNull(tag, NO_TAG), Objects.requireNonNull(handler, NO_HANDLER));
        return this;
    }

    /**
     * Sets or replaces the handler of messages whose typed face is {@code type}: a record, or a sealed interface of
     * records. A message with the tag that does not fit the record kills the port, and the reason says what did not fit.
     *
     * @throws IllegalArgumentException when {@code type} is neither, or has a component no message can carry
     */
    public final <T> Port on(Class<T> type, TypedHandler<? super T> handler) {
        core.onRecord(Objects.requireNonNull(type, NO_TYPE), Objects.requireNonNull(handler, NO_HANDLER));
        return this;
    }

    /** Removes the handler of a tag; its messages go to the default handler from now on ({@code RCV-2}). */
    public final Port off(String tag) {
        core.off(Objects.requireNonNull(tag, NO_TAG));
        return this;
    }

    /** Removes the handler of a port ID used as tag. */
    public final Port off(PortId tag) {
        core.off(Objects.requireNonNull(tag, NO_TAG));
        return this;
    }

    /** Removes the handler of a record type. */
    public final Port off(Class<?> type) {
        core.off(Objects.requireNonNull(type, NO_TYPE));
        return this;
    }

    /** Sets or replaces the default handler, which gets whole messages that no tag handler takes ({@code RCV-2}). */
    public final Port otherwise(Handler handler) {
        core.otherwise(Objects.requireNonNull(handler,
                "the default handler must not be null: it cannot be removed, but ignoreUnmatched() drops"));
        return this;
    }

    /** Drops messages that no handler takes, where the default is to kill the port ({@code RCV-4}). */
    public final Port ignoreUnmatched() {
        return otherwise(message -> {});
    }

    /**
     * A place for up to {@code capacity} messages that this port cannot handle yet; 1 or more.
     *
     * @throws IllegalStateException when the port is dead or has a thread, where {@code receive} leaves messages unread
     */
    public final Stash stash(int capacity) {
        return core.stash(capacity);
    }

    /**
     * Gives this port a thread that runs {@code body}; can be done once, and replaces the default handler
     * ({@code CO-1}).
     *
     * @throws IllegalStateException when the port has a thread
     */
    public final Port attach(Body body) {
        core.attach(Objects.requireNonNull(body, "attach needs a body, not null"));
        return this;
    }

    /** Takes the next message, waiting for it; in the port's own thread only ({@code CO-3}). */
    public final Message receive() throws InterruptedException {
        return core.receive(null, null, PortCore.FOREVER);
    }

    /** Takes the next message if one comes in time; zero means look and do not wait. */
    public final Optional<Message> receive(Duration timeout) throws InterruptedException {
        return Optional.ofNullable(core.receive(null, null, Nanos.of(timeout, "a timeout")));
    }

    /** Takes the first message with this tag, without the tag; others stay, in order ({@code CO-2}). */
    public final Message receive(String tag) throws InterruptedException {
        return core.receive(Objects.requireNonNull(tag, NO_TAG), null, PortCore.FOREVER);
    }

    /** As {@link #receive(String)}, if one comes in time; zero means look and do not wait. */
    public final Optional<Message> receive(String tag, Duration timeout) throws InterruptedException {
        return Optional
                .ofNullable(core.receive(Objects.requireNonNull(tag, NO_TAG), null, Nanos.of(timeout, "a timeout")));
    }

    /** Takes the first message that passes the test; each is shown to it once per call ({@code CO-3}). */
    public final Message receive(Predicate<? super Message> test) throws InterruptedException {
        return core.receive(null,
                Objects.requireNonNull(test, "receive needs a test, not null; receive() takes any message"),
                PortCore.FOREVER);
    }

    /** As {@link #receive(Predicate)}, if one comes in time; the time counts once, from the call. */
    public final Optional<Message> receive(Predicate<? super Message> test, Duration timeout)
            throws InterruptedException {
        return Optional
                .ofNullable(core.receive(null,
                        Objects.requireNonNull(test, "receive needs a test, not null; receive() takes any message"),
                        Nanos.of(timeout, "a timeout")));
    }

    /** Takes the first message whose typed face is {@code type}. */
    public final <T> T receive(Class<T> type) throws InterruptedException {
        return core.receiveRecord(Objects.requireNonNull(type, NO_TYPE), null, PortCore.FOREVER);
    }

    /** As {@link #receive(Class)}, if one comes in time; zero means look and do not wait. */
    public final <T> Optional<T> receive(Class<T> type, Duration timeout) throws InterruptedException {
        return Optional.ofNullable(
                core.receiveRecord(Objects.requireNonNull(type, NO_TYPE), null, Nanos.of(timeout, "a timeout")));
    }

    /** Takes the first message of the type that passes the test, if one comes in time. */
    public final <T> Optional<T> receive(Class<T> type, Predicate<? super T> test, Duration timeout)
            throws InterruptedException {
        return Optional.ofNullable(
                core.receiveRecord(Objects.requireNonNull(type, NO_TYPE), test, Nanos.of(timeout, "a timeout")));
    }

    // ---- verbs -----------------------------------------------------------------------------------------------------

    /** Sends a message, or one record that is the face of one; see {@link Node#send} ({@code SND-1}). */
    public final void send(PortId target, Object... message) {
        core.send(target, message);
    }

    /** Sends a message if there is room; see {@link Node#trySend} ({@code BND-1}). */
    public final SendOutcome trySend(PortId target, Object... message) {
        return node().trySend(target, message);
    }

    /**
     * Sends to the port that asked: the last value of the message being handled or received last ({@code CAL-1}).
     *
     * @throws IllegalStateException when there is no such message, or it does not end with a port ID
     */
    public final void reply(Object... message) {
        core.reply(message);
    }

    /** Kills a port, after the messages this port has sent it before; no values mean a normal end ({@code KIL-1}). */
    public final void kill(PortId target, Object... reason) {
        core.kill(target, reason);
    }

    /** Kills this port, once the messages that wait now are handled; the present handler finishes ({@code KIL-2}). */
    public final void stop(Object... reason) {
        core.kill(id(), reason);
    }

    /** Calls {@code then} in this port's context when the target dies or is lost; not if this port dies first. */
    public final Monitor monitor(PortId target, Consumer<Reason> then) {
        return core.monitor(target,
                Objects.requireNonNull(then, "monitor needs a callback, not null; link(target) takes none"));
    }

    /** Sends {@code message} followed by the reason's values to {@code watcher} when the target dies ({@code MON-1}). */
    public final Monitor monitor(PortId target, PortId watcher, Object... message) {
        return node().monitor(target, watcher, message);
    }

    /** Kills this port with the same reason when the target dies abnormally or is lost ({@code MON-1}). */
    public final Monitor link(PortId target) {
        return core.link(target);
    }

    /** Creates a port on a node by name; see {@link Node#spawn} ({@code SPN-1}). */
    public final PortId spawn(NodeId node, String init, Object... args) {
        return core.spawn(node, init, args);
    }

    /** Creates a port on the node of another port, by name. */
    public final PortId spawn(PortId beside, String init, Object... args) {
        return core.spawn(beside.node(), init, args);
    }

    /** Runs the action in this port's context once, after the delay ({@code AFT-1}). */
    public final Timer after(Duration delay, Action action) {
        return core.after(Nanos.of(delay, "a delay"), false, Objects.requireNonNull(action, NO_ACTION));
    }

    /** Sends a message once, after the delay, unless this port has died by then. */
    public final Timer after(Duration delay, PortId target, Object... message) {
        Objects.requireNonNull(target, "send needs a port ID, not null");
        return core.after(Nanos.of(delay, "a delay"), false, () -> core.send(target, message));
    }

    /** Runs the action in this port's context again and again, first after one interval; the interval is positive. */
    public final Timer every(Duration interval, Action action) {
        return core.after(Nanos.positive(interval, "an interval"), true, Objects.requireNonNull(action, NO_ACTION));
    }

    // ---- this port's context for foreign code ----------------------------------------------------------------------

    /**
     * Wraps code for a foreign callback: whoever runs the result runs {@code action} under this port's exclusion and
     * waits for it; an exception kills this port, and nothing happens once it is dead ({@code CTX-1}).
     */
    public final Runnable bind(Action action) {
        Objects.requireNonNull(action, NO_ACTION);
        return () -> {
            if (isAlive()) {
                Optional<?> unused = core.run(() -> {
                    action.run();
                    return null;
                });
            }
        };
    }

    /** As {@link #bind(Action)}, for callbacks with a value. */
    public final <T> Consumer<T> bind(TypedHandler<? super T> action) {
        Objects.requireNonNull(action, NO_ACTION);
        return value -> bind(() -> action.handle(value)).run();
    }

    /**
     * Runs code under this port's exclusion and waits for it: after the messages that wait now, or at once when called
     * from the port itself ({@code CTX-1}). An exception kills this port. Two ports that wait for each other in this way
     * wait until one of the threads is interrupted.
     *
     * @return the code's value; empty when it is null or the code threw
     * @throws IllegalStateException when the port is dead or not open yet, or the waiting thread is interrupted
     */
    public final <T> Optional<T> run(Callable<T> code) {
        return core.run(Objects.requireNonNull(code, NO_ACTION));
    }

    /**
     * Starts a further virtual thread in this port's context ({@code CO-4}). It runs beside the handlers, not between
     * them, and may not {@code receive}; an exception kills the port, the port's death interrupts it.
     */
    public final void async(Action action) {
        core.async(Objects.requireNonNull(action, NO_ACTION));
    }

    /** Class and address. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + " " + id();
    }
}
