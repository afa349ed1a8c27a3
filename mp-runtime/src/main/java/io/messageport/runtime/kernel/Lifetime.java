package io.messageport.runtime.kernel;

import io.messageport.Reason;
import io.messageport.runtime.monitor.Watch;
import io.messageport.runtime.monitor.Watchers;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * What ends with a port: its reason, its place in the tree, who is told, and what it owned. Any thread; each list is made
 * by the first who needs it, and replaced by a closed one when the port dies. How it ends stands in {@link Ending}.
 */
abstract class Lifetime extends Mailbox {
    private static final VarHandle DEATH;
    private static final VarHandle WATCHERS;
    private static final VarHandle ATTACHMENTS;
    private static final VarHandle PLACE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            DEATH = lookup.findVarHandle(Lifetime.class, "death", Reason.class);
            WATCHERS = lookup.findVarHandle(Lifetime.class, "watchers", Watchers.class);
            ATTACHMENTS = lookup.findVarHandle(Lifetime.class, "attachments", Attachments.class);
            PLACE = lookup.findVarHandle(Lifetime.class, "place", Place.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile Reason death;
    private volatile Watchers watchers;
    private volatile Attachments attachments;

    /** Null for a port at the top of the tree without children. */
    private volatile Place place;

    Lifetime(Kernel kernel, Object first) {
        super(kernel, first);
    }

    /** Why the port died, or null while it lives. */
    public final Reason death() {
        return death;
    }

    /** Ends life, unless something else has: the first reason stands ({@code KIL-1}). */
    final boolean dies(Reason reason) {
        return DEATH.compareAndSet(this, null, reason);
    }

    /** For the one who begins another life, or could not. */
    final void death(Reason former) {
        death = former;
    }

    /** Another life owns things of its own. */
    final void ownAnew() {
        attachments = null;
    }

    // ---- its place in the tree -------------------------------------------------------------------------------------

    /** Its place, or null while it has no need of one. */
    final Place place() {
        return place;
    }

    /** Before anybody else can reach it. */
    final void place(Place below) {
        place = below;
    }

    /** Its place, made when it has none. */
    final Place placed() {
        Place present = place;
        if (present == null) {
            Place made = new Place(cell(), null);
            if (isHere()) {
                made.runner(Thread.currentThread());
            }
            present = PLACE.compareAndSet(this, null, made) ? made : place;
        }
        return present;
    }

    /** Whether it is no other port's child. */
    public final boolean isAtTop() {
        Place at = place;
        return at == null || at.parent() == null;
    }

    /** Whether its mailbox waits for another life when this one ends; for its supervisor. */
    public final void keepsMailbox(boolean keeps) {
        placed().keeps(keeps);
    }

    /** How often its supervisor has started it again. */
    public final void restarts(long times) {
        placed().restarts(times);
    }

    /** Its children need not wait for each other when they end with it. */
    public final void endChildrenTogether() {
        placed().endChildrenTogether();
    }

    @Override
    final int life() {
        Place at = place;
        return at == null ? 0 : at.life().number;
    }

    // ---- who is told -----------------------------------------------------------------------------------------------

    /** Cancels what the port owned and fires its monitors; false when nobody was there to be told. */
    final boolean tell(Reason reason, boolean held) {
        Attachments ending = (Attachments) ATTACHMENTS.getAndSet(this, Attachments.CLOSED);
        if (ending != null) {
            ending.close();
        }
        Watchers told = (Watchers) WATCHERS.getAndSet(this, held ? null : Watchers.CLOSED);
        return told != null && told.fireAll(reason) > 0;
    }

    /** Registers a watch; false when the port is dead already. */
    public final boolean watch(Watch watch) {
        for (;;) {
            Watchers list = watchers;
            if (list == null) {
                Watchers made = new Watchers();
                list = WATCHERS.compareAndSet(this, null, made) ? made : watchers;
            }
            if (list != null && list.add(watch)) {
                return true;
            }
            if (list == Watchers.CLOSED) {
                return false;
            }
        }
    }

    /** The stashes of the port; a look from outside. */
    final List<PortStash> stashes() {
        Attachments set = attachments;
        return set == null ? List.of() : set.stashes();
    }

    @Override
    public final Attachments attachments() {
        Attachments set = attachments;
        if (set == null) {
            Attachments made = new Attachments();
            set = ATTACHMENTS.compareAndSet(this, null, made) ? made : attachments;
        }
        return set;
    }
}
