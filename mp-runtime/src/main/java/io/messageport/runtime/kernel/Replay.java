package io.messageport.runtime.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** What a stash gives back: handled before everything else that waits. Owned by the owner of the mailbox. */
final class Replay {
    private final ArrayDeque<Object> left = new ArrayDeque<>();

    void putFirst(Collection<Object> payloads) {
        List<Object> backwards = new ArrayList<>(payloads);
        Collections.reverse(backwards);
        backwards.forEach(left::addFirst);
    }

    Object poll() {
        return left.poll();
    }
}
