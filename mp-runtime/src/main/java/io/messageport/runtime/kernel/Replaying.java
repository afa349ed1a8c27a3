package io.messageport.runtime.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * What a port handles before the next message from its mailbox: the messages that a stash gives back. Owned by the thread
 * that owns the mailbox.
 */
abstract class Replaying extends Lifetime {
    /** Null until a stash is emptied. */
    private ArrayDeque<Object> first;

    /** The loop that empties it is on the stack. */
    private boolean replaying;

    Replaying(Kernel kernel, boolean scheduled) {
        super(kernel, scheduled);
    }

    /** Handles one thing; false when the port has died or got a thread. */
    abstract boolean take(Object payload);

    /** Disposes of what a dead port did not handle. */
    @Override
    abstract void drop(Object left);

    /** Whether the port has a thread or is about to get one. */
    abstract boolean isThreaded();

    /** Puts payloads before everything else: they are older than what is left of an earlier replay. */
    final void putFirst(Collection<Object> payloads) {
        if (first == null) {
            first = new ArrayDeque<>();
        }
        List<Object> backwards = new ArrayList<>(payloads);
        Collections.reverse(backwards);
        backwards.forEach(first::addFirst);
    }

    /** The next of them, or null. */
    final Object pollFirst() {
        return first == null ? null : first.poll();
    }

    /** Handles them, unless the port dies or gets a thread meanwhile. */
    final void replay() {
        if (first == null || replaying) {
            return;
        }
        replaying = true;
        try {
            Object payload;
            do {
                payload = isAlive() && !isThreaded() ? first.poll() : null;
            } while (payload != null && take(payload));
        } finally {
            replaying = false;
        }
    }

    final void dropReplay() {
        for (Object left = pollFirst(); left != null; left = pollFirst()) {
            drop(left);
        }
    }
}
