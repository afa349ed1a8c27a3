package io.messageport.testkit;

import io.messageport.Message;
import io.messageport.face.Faces;
import java.util.ArrayList;
import java.util.List;

/**
 * Which message is which of the things expected in any order. One message may fit several of them, so a message that
 * comes may move earlier ones to another place they fit; it is refused only when no assignment has room for all
 * (augmenting paths in a bipartite graph).
 */
final class Assignment {
    private final Faces faces;
    private final List<Expected<?>> wanted;
    private final Message[] holding;

    Assignment(Faces faces, List<Expected<?>> wanted) {
        this.faces = faces;
        this.wanted = wanted;
        this.holding = new Message[wanted.size()];
    }

    /** Finds a place for the message; false when there is none, and then nothing has moved. */
    boolean add(Message message) {
        return place(message, new boolean[holding.length]);
    }

    private boolean place(Message message, boolean[] tried) {
        for (int i = 0; i < holding.length; i++) {
            if (tried[i] || !wanted.get(i).fits(faces, message)) {
                continue;
            }
            tried[i] = true;
            if (holding[i] == null || place(holding[i], tried)) {
                holding[i] = message;
                return true;
            }
        }
        return false;
    }

    /** What each expectation gives, now that all have their message. */
    List<Object> given() {
        List<Object> given = new ArrayList<>();
        for (int i = 0; i < holding.length; i++) {
            given.add(wanted.get(i).take(faces, holding[i]));
        }
        return given;
    }

    /** What no message stands for yet, in words. */
    String missing() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < holding.length; i++) {
            if (holding[i] == null) {
                text.append(text.isEmpty() ? "" : ", ").append(wanted.get(i));
            }
        }
        return text.toString();
    }
}
