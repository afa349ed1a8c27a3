package io.messageport.runtime.supervise;

import io.messageport.Backoff;
import io.messageport.Child;
import io.messageport.ChildSpec;
import io.messageport.PortId;
import io.messageport.Reason;
import java.time.Duration;
import java.util.Optional;

/** One child as its supervisor sees it. Owned by the {@link Strategist}. */
final class Member {
    final String key;
    final ChildSpec spec;
    Child.State state = Child.State.STOPPED;

    /** The number of its latest start. */
    long life;

    /** Which retry it waits for; of meaning while it waits only. */
    long ticket;

    private Optional<PortId> port = Optional.empty();
    private boolean supervisor;
    private long restarts;
    private boolean startedBefore;

    /** Whether a mailbox waits for it. */
    private boolean kept;

    private int node;
    private long startedAt;

    /** Restarts since it last was stable. */
    private int inARow;

    Member(String key, ChildSpec spec) {
        this.key = key;
        this.spec = spec;
    }

    boolean isRunning() {
        return state == Child.State.RUNNING;
    }

    boolean isSupervisor() {
        return supervisor;
    }

    int node() {
        return node;
    }

    /** It runs. */
    void started(PortId as, boolean isSupervisor, long now, boolean again) {
        state = Child.State.RUNNING;
        port = Optional.of(as);
        supervisor = isSupervisor;
        startedAt = now;
        kept = false;
        if (again && startedBefore) {
            restarts++;
        }
        startedBefore = true;
    }

    /** Whether it is started again after such an end. */
    boolean comesBackAfter(Reason reason) {
        return switch (spec.restart()) {
            case PERMANENT -> true;
            case TRANSIENT -> !reason.isOrderly();
            case TEMPORARY -> false;
        };
    }

    /** It has ended by itself; what is to follow is not decided. */
    void ended(Reason reason, Backoff backoff, long now) {
        state = Child.State.STOPPED;
        kept = keeps();
        if (now - startedAt >= nanos(backoff.resetAfter())) {
            inARow = 0;
        }
        if (reason instanceof Reason.TransportError && spec.start() instanceof ChildSpec.Start.Spawned spawned) {
            node = (node + 1) % spawned.nodes().size();
        }
    }

    /** It is being ended by its supervisor; keeps its mailbox if it is to come back. */
    Act.Ending ending(boolean comesBack) {
        state = Child.State.STOPPED;
        kept = comesBack && keeps();
        return new Act.Ending(key, spec, kept);
    }

    private boolean keeps() {
        return spec.keepMailbox() && spec.restart() != ChildSpec.Restart.TEMPORARY;
    }

    /** Whether a mailbox waited for it, which waits no more. */
    boolean gaveUpMailbox() {
        boolean had = kept;
        kept = false;
        return had;
    }

    /** How long its next start is put off. */
    long nextDelay(Backoff backoff, double dice) {
        long delay = nanos(backoff.min());
        long most = nanos(backoff.max());
        for (int i = 0; i < inARow && delay < most; i++) {
            delay = delay > most / 2 ? most : delay * 2;
        }
        inARow++;
        return (long) (delay * (1 - backoff.jitter() * dice));
    }

    Child seen() {
        return new Child(key, port, state, restarts, spec);
    }

    static long nanos(Duration time) {
        try {
            return time.toNanos();
        } catch (ArithmeticException tooLong) {
            return Long.MAX_VALUE;
        }
    }
}
