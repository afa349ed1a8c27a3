package io.messageport.runtime.kernel;

import io.messageport.Action;
import io.messageport.Guard;
import io.messageport.Timer;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A timer of a port: the clock posts its action to the mailbox, so it runs in line with the messages ({@code AFT-1}). A
 * periodic one is due at multiples of its interval and skips those it has missed.
 */
final class PortTimer implements Timer {
    private enum State {
        PENDING,
        RUNNING,
        OVER
    }

    private final PortCell cell;
    private final long interval;
    private final boolean periodic;
    private final Action action;
    private final AtomicReference<State> state = new AtomicReference<>(State.PENDING);

    /** Written by whoever schedules next: the opener, then the port. */
    private volatile Guard scheduled;

    /** When it is due next; owned by the port. */
    private long due;

    private PortTimer(PortCell cell, long interval, boolean periodic, Action action) {
        this.cell = cell;
        this.interval = interval;
        this.periodic = periodic;
        this.action = action;
        this.due = cell.kernel().clock().nanos() + interval;
    }

    static Timer start(PortCell cell, long delayNanos, boolean periodic, Action action) {
        PortTimer timer = new PortTimer(cell, delayNanos, periodic, action);
        cell.attachments().add(timer);
        timer.schedule(delayNanos);
        return timer;
    }

    private void schedule(long delay) {
        Guard next = cell.kernel().clock().schedule(delay, () -> cell.post(this::fire));
        scheduled = next;
        if (state.get() == State.OVER) {
            next.close();
        }
    }

    private void fire() throws Exception {
        if (!state.compareAndSet(State.PENDING, State.RUNNING)) {
            return;
        }
        if (!periodic) {
            cell.attachments().remove(this);
            state.set(State.OVER);
            action.run();
            return;
        }
        action.run();
        if (state.compareAndSet(State.RUNNING, State.PENDING)) {
            long now = cell.kernel().clock().nanos();
            due += interval;
            if (due < now) {
                due = now + interval - (now - due) % interval;
            }
            schedule(due - now);
        }
    }

    @Override
    public boolean cancel() {
        State before = state.getAndSet(State.OVER);
        if (before == State.OVER) {
            return false;
        }
        Guard pending = scheduled;
        if (pending != null) {
            pending.close();
        }
        cell.attachments().remove(this);
        return before == State.PENDING || periodic;
    }
}
