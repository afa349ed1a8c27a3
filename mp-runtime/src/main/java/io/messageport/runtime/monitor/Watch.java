package io.messageport.runtime.monitor;

import io.messageport.Monitor;
import io.messageport.PortId;
import io.messageport.Reason;
import java.util.Objects;

/**
 * One registration on one port ({@code MON-2}): a node of the list {@link Watchers} it stands in. Whoever unlinks it,
 * the death of the port or {@link #cancel}, decides whether it fires; the list's lock makes that one of the two.
 */
public abstract class Watch implements Monitor {
    private final PortId target;

    /** Written under the lock of the list it names; read without, so volatile. */
    private volatile Watchers list;

    /** Guarded by the lock of {@link #list}, as is {@link #previous}. */
    Watch next;

    Watch previous;
    boolean linked;

    /** A registration that stands in no list yet. */
    protected Watch(PortId target) {
        this.target = Objects.requireNonNull(target, "the port to watch must not be null");
    }

    @Override
    public final PortId target() {
        return target;
    }

    /** Carries the news. Must neither block nor run user code; called at most once. */
    protected abstract void fire(Reason reason);

    /** Called once when the watch is over, fired or cancelled, so that its owner can forget it. */
    protected void over() {}

    /** Fires without ever having stood in a list, for a target known to be gone. */
    public final void fireUnlisted(Reason reason) {
        over();
        fire(reason);
    }

    void enter(Watchers entered) {
        list = entered;
    }

    @Override
    public final boolean cancel() {
        Watchers entered = list;
        if (entered == null || !entered.remove(this)) {
            return false;
        }
        over();
        return true;
    }
}
