package io.messageport.runtime.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Payloads that a port handles before the next one from its mailbox. Owned by the port. */
final class Replay {
    private final ArrayDeque<Object> payloads = new ArrayDeque<>();
    private boolean running;

    /** Puts these before what is there: they are older. */
    void first(Collection<Object> older) {
        List<Object> backwards = new ArrayList<>(older);
        Collections.reverse(backwards);
        backwards.forEach(payloads::addFirst);
    }

    Object poll() {
        return payloads.poll();
    }

    /** False when the loop that empties this is already on the stack. */
    boolean enter() {
        if (running) {
            return false;
        }
        running = true;
        return true;
    }

    void leave() {
        running = false;
    }
}
