package io.messageport.runtime.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Database;
import io.messageport.Guard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes a change that others are told of, and what does not. */
class OwnEntriesTest {
    private final List<String> changes = new ArrayList<>();
    private final OwnEntries own = new OwnEntries(new OwnEntries.Changes() {
        @Override
        public void put(String family, String key, Values.Kept value) {
            changes.add(key);
        }

        @Override
        public void delete(String family, String key) {
            changes.add("no " + key);
        }
    });

    @Test
    @Tag("DB-3")
    @Tag("DB-5")
    void shouldTellNobodyWhenTheValueIsTheSame() {
        Guard first = own.set("f", "k", Values.kept(List.of(1, Map.of("a", new byte[] {1, 2}))));
        Guard second = own.set("f", "k", Values.kept(List.of(1L, Map.of("a", new byte[] {1, 2}))));
        assertEquals(List.of("k"), changes);
        assertFalse(first.cancel());
        assertEquals(List.of("k"), changes);
        own.set("f", "k", Values.kept(List.of(1L, Map.of("a", new byte[] {1, 3}))));
        assertEquals(List.of("k", "k"), changes);
        assertFalse(second.cancel());
        assertTrue(own.delete("f", "k"));
        assertFalse(own.delete("f", "k"));
        assertEquals(List.of("k", "k", "no k"), changes);
    }

    @Test
    @Tag("DB-2")
    void shouldNotSetMoreThanANodeMayHave() {
        Values.Kept large = Values.kept(new byte[65_000]);
        int most = Database.MOST_BYTES / 65_300;
        List<Guard> guards = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            guards.add(own.set("f", "k" + i, large));
        }
        String text = assertThrows(IllegalStateException.class, () -> {
            for (int i = 0; i < 10; i++) {
                guards.add(own.set("f", "more" + i, large));
            }
        }).getMessage();
        assertTrue(text.startsWith("the entries that this node has set would take more than 67108864 bytes"), text);
        int set = guards.size();
        assertEquals(set, changes.size(), "nothing was set that did not fit");
        assertTrue(guards.getFirst().cancel());
        guards.add(own.set("f", "in its place", large));
        assertThrows(IllegalStateException.class, () -> guards.add(own.set("f", "one too many", large)));
        assertEquals(set + 2, changes.size());
        guards.add(own.set("f", "k1", Values.kept(1)));
    }
}
