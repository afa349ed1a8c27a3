package io.messageport.runtime.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SortedEntriesTest {
    @Test
    void shouldBeWhatATreeMapIsWhateverIsDoneToIt() {
        SplittableRandom random = new SplittableRandom(1);
        SortedEntries entries = SortedEntries.EMPTY;
        TreeMap<String, Object> wanted = new TreeMap<>();
        List<Map<String, Object>> before = new ArrayList<>();
        List<Map<String, Object>> wantedBefore = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            String key = "k" + random.nextInt(300);
            if (random.nextInt(5) < 2) {
                entries = entries.without(key);
                wanted.remove(key);
            } else {
                Object value = random.nextInt(10) == 0 ? null : i;
                entries = entries.with(key, value);
                wanted.put(key, value);
            }
            if (i % 250 == 0) {
                before.add(entries);
                wantedBefore.add(new TreeMap<>(wanted));
                assertEquals(new ArrayList<>(wanted.entrySet()), new ArrayList<>(entries.entrySet()));
            }
        }
        assertEquals(wanted, entries);
        assertEquals(wantedBefore, before, "snapshots stay as they were");
    }

    @Test
    void shouldNotBeChangedFromOutside() {
        SortedEntries one = SortedEntries.EMPTY.with("k", 1);
        assertThrows(UnsupportedOperationException.class, () -> one.put("l", 2));
        assertThrows(UnsupportedOperationException.class, () -> one.remove("k"));
        assertThrows(UnsupportedOperationException.class, one::clear);
        var walk = one.entrySet().iterator();
        assertEquals("k", walk.next().getKey());
        assertThrows(UnsupportedOperationException.class, walk::remove);
        assertThrows(NoSuchElementException.class, walk::next);
        assertEquals(Map.of("k", 1), one);
    }

    @Test
    void shouldTellNullValueFromNoValue() {
        SortedEntries one = SortedEntries.EMPTY.with("k", null);
        assertTrue(one.containsKey("k"));
        assertNull(one.get("k"));
        assertFalse(one.containsKey("l"));
        assertEquals(one, one.without("l"));
    }
}
