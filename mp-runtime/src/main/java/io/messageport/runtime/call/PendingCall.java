package io.messageport.runtime.call;

import io.messageport.Call;
import io.messageport.CallException;
import io.messageport.CallOutcome;
import io.messageport.DeadLetter;
import io.messageport.Guard;
import io.messageport.Message;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.runtime.kernel.Dispatcher;
import io.messageport.runtime.kernel.Endpoint;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.kernel.Payloads;
import io.messageport.runtime.kernel.PortCell;
import io.messageport.runtime.monitor.Watch;
import io.messageport.runtime.monitor.Watchers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call: a port of its own for the reply, a watch on the callee, a deadline. The first of them to act completes the
 * future, and only that one puts the three away ({@code CAL-1}, {@code CAL-2}).
 */
public final class PendingCall implements Call, Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(PendingCall.class);

    /** In the place of a timeout: somebody else watches the clock. */
    private static final long NEVER = Long.MAX_VALUE;

    private final Kernel kernel;
    private final PortCell owner;
    private final PortId target;
    private final PortId replyPort;
    private final Object tag;
    private final long startedNanos;
    private final CompletableFuture<CallOutcome> done = new CompletableFuture<>();
    private final Watchers watchers = new Watchers();
    private final Watch calleeWatch;

    /** Written once by the opening thread, read by whoever completes. */
    private volatile Guard deadline = () -> false;

    private PendingCall(Kernel kernel, PortCell owner, PortId target, Object tag) {
        this.kernel = kernel;
        this.owner = owner;
        this.target = target;
        this.tag = tag;
        this.replyPort = new PortId(kernel.self(), kernel.table().replyName());
        this.startedNanos = kernel.clock().nanos();
        this.calleeWatch = new CalleeWatch(target);
    }

    /**
     * Asks.
     *
     * @param owner the port on whose behalf, or null for the node
     * @throws IllegalArgumentException when the question cannot be sent; then nothing is pending
     */
    public static PendingCall open(Kernel kernel, PortCell owner, long timeoutNanos, PortId target, Object[] question) {
        Objects.requireNonNull(target, "call needs a port ID, not null");
        Objects.requireNonNull(question, "call needs a message; an empty one is no value at all");
        Object[] values = Payloads.list(kernel.faces(), Payloads.of(kernel.faces(), question));
        PendingCall call = new PendingCall(kernel, owner, target, Payloads.tag(values));
        Object[] asked = Arrays.copyOf(values, values.length + 1, Object[].class);
        asked[values.length] = call.replyPort;
        call.begin(timeoutNanos, asked);
        return call;
    }

    /** As {@link #open}, for one call of a group, whose deadline is that of the group. */
    static PendingCall openWithoutDeadline(Kernel kernel, PortCell owner, PortId target, Object[] question) {
        return open(kernel, owner, NEVER, target, question);
    }

    private void begin(long timeoutNanos, Object[] asked) {
        boolean fresh = kernel.table().enter(this);
        assert fresh : "port names are never used twice";
        if (owner != null) {
            owner.attachments().add(this);
        }
        try {
            kernel.verbs().watch(calleeWatch);
            if (timeoutNanos != NEVER) {
                deadline = kernel.clock().schedule(timeoutNanos, this::timeOut);
            }
            if (done.isDone()) {
                deadline.close();
            }
            kernel.router().deliver(target, asked);
            if (owner != null && !owner.isAlive()) {
                boolean unused = cancel();
            }
        } catch (RuntimeException unsent) {
            complete(new CallOutcome.Down(target, tag, Reason.Died.of(unsent)));
            throw unsent;
        }
    }

    private final class CalleeWatch extends Watch {
        private CalleeWatch(PortId target) {
            super(target);
        }

        @Override
        protected void fire(Reason reason) {
            complete(new CallOutcome.Down(target, tag, reason));
        }
    }

    void timeOut() {
        complete(new CallOutcome.Timeout(target, tag, Duration.ofNanos(kernel.clock().nanos() - startedNanos)));
    }

    private void complete(CallOutcome outcome) {
        boolean ignored = completes(outcome);
    }

    private boolean completes(CallOutcome outcome) {
        if (!done.complete(outcome)) {
            return false;
        }
        kernel.table().leave(this);
        calleeWatch.close();
        deadline.close();
        if (owner != null) {
            owner.attachments().remove(this);
        }
        int ignored = watchers.fireAll(Reason.normal());
        return true;
    }

    // ---- as a port -------------------------------------------------------------------------------------------------

    @Override
    public PortId id() {
        return replyPort;
    }

    @Override
    public boolean isAlive() {
        return !done.isDone();
    }

    @Override
    public void deliver(Object payload) {
        if (!completes(new CallOutcome.Reply(Payloads.view(kernel.faces(), payload, 0)))) {
            kernel.deadLetters().add(replyPort, payload, DeadLetter.Cause.LATE_REPLY);
        }
    }

    @Override
    public void kill(Reason reason) {
        complete(new CallOutcome.Down(target, tag, reason));
    }

    @Override
    public boolean watch(Watch watch) {
        return watchers.add(watch);
    }

    @Override
    public boolean cancel() {
        return completes(owner == null || owner.isAlive()
                ? new CallOutcome.Cancelled(target, tag)
                : new CallOutcome.Down(target, tag, Reason.of("caller_died")));
    }

    // ---- as a call -------------------------------------------------------------------------------------------------

    @Override
    public PortId target() {
        return target;
    }

    @Override
    public PortId replyPort() {
        return replyPort;
    }

    @Override
    public Message await() throws InterruptedException {
        CallOutcome outcome;
        if (!done.isDone()) {
            refuseOwnAnswer();
        }
        boolean unused = kernel.dispatcher().awaits(done::isDone, Dispatcher.FOREVER);
        try {
            outcome = done.get();
        } catch (ExecutionException e) {
            throw new AssertionError("a call completes with an outcome, never with an exception", e);
        }
        return switch (outcome) {
            case CallOutcome.Reply reply -> reply.message();
            case CallOutcome.Timeout timeout -> throw new CallException(timeout);
            case CallOutcome.Down down -> throw new CallException(down);
            case CallOutcome.Cancelled cancelled -> throw new CallException(cancelled);
        };
    }

    /** Whoever waits here for the port that runs here waits for ever. */
    void refuseOwnAnswer() {
        if (kernel.table().find(target.name()) instanceof PortCell callee && callee.isHere()
                && kernel.router().isSelf(target.node())) {
            throw new IllegalStateException(
                    "port " + target + " waits for its own answer: it cannot handle the question"
                            + " before the present handler returns; use then(...)");
        }
    }

    /** Hands the outcome over on whatever thread ends the call; must not block. */
    void whenDone(Consumer<CallOutcome> then) {
        var ignored = done.thenAccept(then);
    }

    /** The outcome of a call that is over. */
    CallOutcome ended() {
        return done.join();
    }

    @Override
    public CompletionStage<CallOutcome> outcome() {
        return onItsOwnThread(kernel, done);
    }

    static <T> CompletionStage<T> onItsOwnThread(Kernel kernel, CompletableFuture<T> done) {
        return done.thenApplyAsync(outcome -> outcome, task -> kernel.dispatcher().thread("mp-call", task).start());
    }

    @Override
    public Call then(Consumer<CallOutcome> then) {
        Objects.requireNonNull(then, "then needs a callback, not null");
        tell(kernel, done, owner, then, () -> "a call to " + target);
        return this;
    }

    /** Runs the callback in its port, or on a thread of its own when the node asked. */
    static <T> void tell(
            Kernel kernel, CompletableFuture<T> done, PortCell owner, Consumer<T> then, Supplier<String> what) {
        if (owner != null) {
            var ignored = done.thenAccept(outcome -> owner.post(() -> then.accept(outcome)));
        } else {
            var ignored = onItsOwnThread(kernel, done).thenAccept(then).exceptionally(thrown -> {
                Throwable cause = thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown;
                LOG.error("the callback of {} threw", what.get(), cause);
                return null;
            });
        }
    }
}
