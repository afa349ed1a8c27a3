package io.messageport.runtime.call;

import io.messageport.CallGroup;
import io.messageport.CallGroupException;
import io.messageport.CallGroupOutcome;
import io.messageport.CallOutcome;
import io.messageport.Guard;
import io.messageport.Message;
import io.messageport.PortId;
import io.messageport.runtime.kernel.Dispatcher;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.kernel.PortCell;
import io.messageport.spi.PortCore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Several calls with one deadline. Whoever decides the group, the last single call that mattered, the deadline or a
 * cancel, puts the other calls away and completes it. Any thread.
 */
public final class PendingGroup implements CallGroup {
    private final Kernel kernel;
    private final PortCell owner;
    private final List<PortId> targets;
    private final int needed;
    private final boolean waitsForEach;

    /** Filled by the opening thread before anything can complete the group. */
    private final List<PendingCall> calls = new ArrayList<>();

    private final CompletableFuture<CallGroupOutcome> done = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** All three guarded by the lock. */
    private int replied;

    private int failed;
    private boolean decided;

    /** Written once by the opening thread, read by whoever completes. */
    private volatile Guard deadline = () -> false;

    private PendingGroup(Kernel kernel, PortCell owner, List<PortId> targets, int needed) {
        this.kernel = kernel;
        this.owner = owner;
        this.targets = List.copyOf(targets);
        this.waitsForEach = needed == PortCore.ALL;
        this.needed = waitsForEach ? targets.size() : needed;
    }

    /**
     * Asks.
     *
     * @param owner the port on whose behalf, or null for the node
     * @param needed replies that are enough, or {@link PortCore#ALL}
     * @throws IllegalArgumentException when the question cannot be sent, or not enough different ports are asked; then
     *     nothing is pending
     */
    public static PendingGroup open(
            Kernel kernel, PortCell owner, int needed, long timeoutNanos, Collection<PortId> targets,
            Object[] question) {
        List<PortId> asked = new ArrayList<>(
                Objects.requireNonNull(targets, "the ports to call must be given, not null"));
        Set<PortId> different = new HashSet<>();
        for (PortId target : asked) {
            if (!different.add(Objects.requireNonNull(target, "a port to call must not be null"))) {
                throw new IllegalArgumentException("port " + target + " is named twice: it has one reply to give");
            }
        }
        if (needed > asked.size()) {
            throw new IllegalArgumentException(
                    needed + " reply(s) cannot come from " + asked.size() + " port(s): ask more ports, or need fewer");
        }
        PendingGroup group = new PendingGroup(kernel, owner, asked, needed);
        group.begin(timeoutNanos, question);
        return group;
    }

    private void begin(long timeoutNanos, Object[] question) {
        try {
            for (PortId target : targets) {
                calls.add(PendingCall.openWithoutDeadline(kernel, owner, target, question));
            }
        } catch (RuntimeException | Error unsent) {
            calls.forEach(PendingCall::close);
            throw unsent;
        }
        deadline = kernel.clock().schedule(timeoutNanos, this::timeOut);
        for (PendingCall call : calls) {
            call.whenDone(this::ended);
        }
        if (calls.isEmpty()) {
            finish();
        }
        if (done.isDone()) {
            deadline.close();
        }
    }

    private void ended(CallOutcome outcome) {
        boolean over;
        lock.lock();
        try {
            if (outcome instanceof CallOutcome.Reply) {
                replied++;
            } else {
                failed++;
            }
            boolean each = replied + failed == calls.size();
            over = !decided && (each || !waitsForEach && (replied == needed || failed > calls.size() - needed));
            decided |= over;
        } finally {
            lock.unlock();
        }
        if (over) {
            finish();
        }
    }

    /** Whether the caller is the one who ends the group. */
    private boolean decides() {
        lock.lock();
        try {
            boolean first = !decided;
            decided = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void timeOut() {
        if (decides()) {
            calls.forEach(PendingCall::timeOut);
            finish();
        }
    }

    @Override
    public boolean cancel() {
        boolean first = decides();
        if (first) {
            finish();
        }
        return first;
    }

    private void finish() {
        deadline.close();
        Map<PortId, CallOutcome> outcomes = new LinkedHashMap<>();
        int replies = 0;
        for (PendingCall call : calls) {
            call.close();
            CallOutcome outcome = call.ended();
            replies += outcome instanceof CallOutcome.Reply ? 1 : 0;
            outcomes.put(call.target(), outcome);
        }
        boolean completed = done.complete(replies >= needed
                ? new CallGroupOutcome.Enough(needed, outcomes)
                : new CallGroupOutcome.TooFew(needed, outcomes));
        assert completed : "only whoever decides finishes";
    }

    @Override
    public List<PortId> targets() {
        return targets;
    }

    @Override
    public Map<PortId, Message> await() throws InterruptedException {
        if (!done.isDone()) {
            calls.forEach(PendingCall::refuseOwnAnswer);
        }
        boolean unused = kernel.dispatcher().awaits(done::isDone, Dispatcher.FOREVER);
        CallGroupOutcome outcome;
        try {
            outcome = done.get();
        } catch (ExecutionException e) {
            throw new AssertionError("a group completes with an outcome, never with an exception", e);
        }
        return switch (outcome) {
            case CallGroupOutcome.Enough enough -> enough.replies();
            case CallGroupOutcome.TooFew tooFew -> throw new CallGroupException(tooFew);
        };
    }

    @Override
    public CompletionStage<CallGroupOutcome> outcome() {
        return PendingCall.onItsOwnThread(kernel, done);
    }

    @Override
    public CallGroup then(Consumer<CallGroupOutcome> then) {
        PendingCall.tell(kernel, done, owner, Objects.requireNonNull(then, "then needs a callback, not null"),
                () -> "a group of calls");
        return this;
    }
}
