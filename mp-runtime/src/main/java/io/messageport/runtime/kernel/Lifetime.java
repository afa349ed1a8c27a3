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

    Lifetime(Kernel kernel, boolean scheduled) {
        super(kernel, scheduled);
    }

    /** Why the port died, or null while it lives. */
    final Reason death() {
        return death;
    }

    /** Ends the port, unless something else has: the first reason stands ({@code KIL-1}). */
    final boolean dies(Reason reason) {
        if (!DEATH.compareAndSet(this, null, reason)) {
            return false;
        }
        end();
        return true;
    }

    /** Cancels what the port owned and fires its monitors; false when nobody was there to be told. */
    final boolean tell(Reason reason) {
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
