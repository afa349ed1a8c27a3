package io.messageport.runtime.db;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Who on this node is told of which families, and who has asked what is in them. */
final class Audience {
    private final Map<String, Set<Listener>> listeners = new LinkedHashMap<>();
    private final Map<String, List<Consumer<SortedEntries>>> questions = new LinkedHashMap<>();

    /** Somebody who is told of a family. Must not block. */
    interface Listener {
        /** The family is like this now, and these keys may look otherwise than when it was told last; at first all. */
        void changed(SortedEntries now, Set<String> keys);
    }

    void add(String family, Listener listener) {
        listeners.computeIfAbsent(family, f -> new LinkedHashSet<>()).add(listener);
    }

    /** Whether it was there. */
    boolean remove(String family, Listener listener) {
        Set<Listener> present = listeners.get(family);
        boolean removed = present != null && present.remove(listener);
        if (removed && present.isEmpty()) {
            listeners.remove(family);
        }
        return removed;
    }

    void ask(String family, Consumer<SortedEntries> question) {
        questions.computeIfAbsent(family, f -> new ArrayList<>()).add(question);
    }

    /** Whether it was not answered yet. */
    boolean unask(String family, Consumer<SortedEntries> question) {
        List<Consumer<SortedEntries>> asked = questions.get(family);
        boolean removed = asked != null && asked.remove(question);
        if (removed && asked.isEmpty()) {
            questions.remove(family);
        }
        return removed;
    }

    void tell(String family, SortedEntries now, Set<String> keys) {
        listeners.getOrDefault(family, Set.of()).forEach(listener -> listener.changed(now, keys));
    }

    /** Answers all who have asked; how many these were. */
    int answer(String family, SortedEntries now) {
        List<Consumer<SortedEntries>> asked = questions.remove(family);
        if (asked == null) {
            return 0;
        }
        asked.forEach(question -> question.accept(now));
        return asked.size();
    }

    /** The families that somebody waits to hear of. */
    Set<String> families() {
        Set<String> families = new LinkedHashSet<>(listeners.keySet());
        families.addAll(questions.keySet());
        return families;
    }
}
