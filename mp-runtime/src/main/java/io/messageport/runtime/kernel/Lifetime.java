package io.messageport.runtime.kernel;

import io.messageport.Reason;
import io.messageport.runtime.monitor.Watch;
import io.messageport.runtime.monitor.Watchers;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What ends with a port: its reason, who is told, and what it owned. Any thread; each list is made by the first who
 * needs it, and replaced for good by a closed one when the port dies.
 */
abstract class Lifetime extends Mailbox {
    private static final VarHandle DEATH;
    private static final VarHandle WATCHERS;
    private static final VarHandle ATTACHMENTS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            DEATH = lookup.findVarHandle(Lifetime.class, "death", Reason.class);
            WATCHERS = lookup.findVarHandle(Lifetime.class, "watchers", Watchers.class);
            ATTACHMENTS = lookup.findVarHandle(Lifetime.class, "attachments", Attachments.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile Reason death;
    private volatile Watchers watchers;
    private volatile Attachments attachments;

    /** Owned by the running thread: the owner has died by itself, and swept. */
    private boolean diedHere;

    Lifetime(Kernel kernel, Object first) {
        super(kernel, first);
    }

    /** Why the port died, or null while it lives. */
    final Reason death() {
        return death;
    }

    /**
     * The one way out of life: the first reason stands ({@code KIL-1}). A step that throws keeps none of the others from
     * being done; the mailbox is given up last, and the name after the monitors have fired, so that nothing sent to a
     * successor overtakes them ({@code SND-5}).
     */
    public final void die(Reason reason, Throwable cause) {
        if (DEATH.compareAndSet(this, null, reason)) {
            bury(reason, cause, end());
        }
    }

    /**
     * A full mailbox ends its port at once, whatever its handler is doing: nothing gets in any more when this returns, so
     * the message that found no room is the first to be lost, and the last ({@code BND-1}, {@code SND-5}).
     */
    final void overflowed(int depth) {
        Reason reason = new Reason.MailboxOverflow(depth);
        if (DEATH.compareAndSet(this, null, reason)) {
            boolean owned = end();
            Thread unused = Thread.ofVirtual().name("mp-kill").start(() -> bury(reason, null, owned));
        }
    }

    /** What follows when the mailbox has been closed, while another thread owned it or while none did. */
    private void bury(Reason reason, Throwable cause, boolean owned) {
        kernel().observation().records().portDied(id(), reason);
        PortThread own = thread();
        boolean here = own == null ? !owned || isHere() : own.isCurrent();
        try {
            if (here) {
                diedHere = true;
                Death.stopped(cell(), reason);
            }
            if (!tell(reason)) {
                Death.log(cell(), reason, cause, current());
            }
        } finally {
            kernel().table().leave(cell());
            if (own != null) {
                own.died();
            } else if (here) {
                sweep();
            }
        }
    }

    /** The owner of a callback port finds that others have ended it under its hands. */
    @Override
    final void ended() {
        if (thread() == null && !diedHere) {
            diedHere = true;
            try {
                Death.stopped(cell(), death());
            } finally {
                sweep();
            }
        }
    }

    /** The last act of a threaded port's thread, after it has died by itself or of others. */
    final void threadEnded(boolean diedOfOthers) {
        try {
            if (diedOfOthers) {
                Death.stopped(cell(), death());
            }
        } finally {
            sweep();
        }
    }

    /** Cancels what the port owned and fires its monitors; false when nobody was there to be told. */
    private boolean tell(Reason reason) {
        Attachments ending = (Attachments) ATTACHMENTS.getAndSet(this, Attachments.CLOSED);
        if (ending != null) {
            ending.close();
        }
        Watchers told = (Watchers) WATCHERS.getAndSet(this, Watchers.CLOSED);
        return told != null && told.fireAll(reason) > 0;
    }

    /** Registers a watch; false when the port is dead already. */
    public final boolean watch(Watch watch) {
        Watchers list = watchers;
        if (list == null) {
            Watchers made = new Watchers();
            list = WATCHERS.compareAndSet(this, null, made) ? made : watchers;
        }
        return list.add(watch);
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
