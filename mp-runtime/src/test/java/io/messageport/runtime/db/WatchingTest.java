package io.messageport.runtime.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.FamilyChange;
import io.messageport.face.Faces;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a listener that is held up is told afterwards, and what is kept for it meanwhile. */
@Tag("DB-8")
class WatchingTest {
    private final List<FamilyChange> told = new ArrayList<>();
    private int calls;
    private final Watching watching = new Watching("f", told::add, Faces.common(), due -> calls++, over -> {});

    @Test
    void shouldRememberNoMoreThanIsThereWhenKeysComeAndGo() throws Exception {
        SortedEntries state = SortedEntries.EMPTY.with("stays", 1L).with("goes", 1L);
        watching.changed(state, Set.of("stays", "goes"));
        watching.call();
        state = state.without("goes");
        watching.changed(state, Set.of("goes"));
        for (int i = 0; i < 100_000; i++) {
            String key = "passing" + i;
            watching.changed(state.with(key, 1L), Set.of(key));
            watching.changed(state, Set.of(key));
        }
        assertTrue(watching.pending() < 2_000, "keys remembered: " + watching.pending());
        state = state.with("stays", 2L).with("new", 1L);
        watching.changed(state, Set.of("stays", "new"));
        assertEquals(2, calls, "one call waits at most");
        watching.call();
        FamilyChange change = told.getLast();
        assertEquals(Set.of("new"), change.added());
        assertEquals(Set.of("stays"), change.changed());
        assertEquals(Set.of("goes"), change.deleted());
        assertEquals(state, change.now().entries());
        assertEquals(2, told.size());
    }
}
