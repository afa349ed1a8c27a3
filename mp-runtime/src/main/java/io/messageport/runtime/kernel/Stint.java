package io.messageport.runtime.kernel;

import io.messageport.spi.Current;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What a worker's thread is at, and since when: so that {@code node.tree()} can tell for how long a handler has been
 * running, without a time for each message.
 *
 * <p>The thread notes when it begins, which is right as long as it is at its first message: most threads end with that.
 * When it goes on to another it asks to be looked at ({@link Dispatcher#looksAt}); each look notes what it is at, unless
 * the look before has seen the same. When two have, nobody looks any more until the thread asks again. So what it is at
 * is known to within the time between two looks.
 *
 * <p>What a look reads of the thread are plain fields, and may be what was so a moment ago.
 */
abstract class Stint extends Current implements Dispatcher.Look {
    private static final VarHandle LOOKED_AT;

    static {
        try {
            LOOKED_AT = MethodHandles.lookup().findVarHandle(Stint.class, "lookedAt", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final NextSlotDispatcher dispatcher;

    /** Written by the thread when it begins. */
    private long begun;

    /** How many turns it has taken; written by the thread. */
    private long turns;

    /** Written by the thread when it ends. */
    private boolean over;

    /** Set by the thread when it asks for looks, reset by who takes them. */
    private volatile boolean lookedAt;

    /** Written by who looks. */
    private volatile Sight sight;

    /** Owned by who looks: how many looks in a row have found it at the same. */
    private int rested;

    /** What the thread was at when somebody looked, with a time since which it has been at that. */
    private record Sight(long turn, PortCell cell, long index, Object payload, long since) {}

    Stint(NextSlotDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    final NextSlotDispatcher dispatcher() {
        return dispatcher;
    }

    /** The thread begins. */
    final void begins() {
        begun = dispatcher.nanos();
    }

    /** The thread takes a turn. */
    final void takesTurn() {
        if (turns++ > 0) {
            goesOn();
        }
    }

    /** The thread ends. */
    final void ends() {
        over = true;
    }

    /** The thread is about to go on to this, which is not what it began with. */
    final Object goesOn(Object taken) {
        goesOn();
        return taken;
    }

    /** The thread is about to go on to something else than what it began with. */
    final void goesOn() {
        if (!lookedAt && LOOKED_AT.compareAndSet(this, false, true)) {
            dispatcher.looksAt(this);
        }
    }

    /** Since when at the latest it is at what it is at; {@code now} when that is not known. Any thread. */
    final long since(long now) {
        Sight seen = sight;
        if (seen == null) {
            return lookedAt ? now : begun;
        }
        Sight present = see(now);
        return isSame(seen, present) ? seen.since : now;
    }

    private Sight see(long now) {
        PortCell cell = core() instanceof PortCell found ? found : null;
        Backlog waiting = cell == null ? null : cell.waiting();
        return new Sight(turns, cell, waiting == null ? 0 : waiting.currentConsumerIndex(), payload(), now);
    }

    private static boolean isSame(Sight one, Sight other) {
        return one != null && one.turn == other.turn && one.cell == other.cell && one.index == other.index
                && one.payload == other.payload;
    }

    /** It goes when it has seen the same twice, and comes back when the thread has not seen it go. */
    @Override
    public final boolean again() {
        if (over) {
            return false;
        }
        Sight present = see(dispatcher.nanos());
        boolean moved = !isSame(sight, present);
        if (moved) {
            sight = present;
        }
        if (!lookedAt) {
            rested = 0;
            return moved && LOOKED_AT.compareAndSet(this, false, true);
        }
        rested = moved ? 0 : rested + 1;
        if (rested == 2) {
            lookedAt = false;
        }
        return true;
    }
}
