package io.messageport.testkit.sim;

import io.messageport.Guard;
import io.messageport.Reason;

/** One monitor or link of the model, with what has become of it. */
final class Watching {
    /** Who is told, and how ({@code MON-1}). */
    enum Form {
        NODE_CALLBACK,
        PORT_CALLBACK,
        MAIL,
        LINK
    }

    final Form form;
    final Site at;
    final Actor target;

    /** The port that is told, or killed; null for a callback of the node. */
    final Actor watcher;

    final long since;
    Guard handle;
    boolean cancelled;
    boolean cancelRefused;

    /** When it fired; -1 before. */
    long firedAt = -1;

    Reason reason;

    Watching(Form form, Site at, Actor target, Actor watcher, long since) {
        this.form = form;
        this.at = at;
        this.target = target;
        this.watcher = watcher;
        this.since = since;
    }

    /** Whether who is to be told can still be told. */
    boolean canBeTold() {
        return at.open && (watcher == null || !watcher.isDead());
    }

    @Override
    public String toString() {
        return form + " at " + (watcher == null ? at : watcher) + " of " + target + " since " + since;
    }
}
