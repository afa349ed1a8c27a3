package io.messageport;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A family of the {@link Database} as one node knew it at one moment: immutable, may be kept. Keys are in the order of
 * {@link String#compareTo}. Any thread.
 */
public interface FamilyView {
    /** The family. */
    String family();

    /** Keys and values; values may be null, lists and maps within are unmodifiable. Byte arrays are not to be written to. */
    Map<String, Object> entries();

    /** How many keys there are. */
    default int size() {
        return entries().size();
    }

    /** Whether there is no key. */
    default boolean isEmpty() {
        return entries().isEmpty();
    }

    /** Whether there is this key. */
    default boolean contains(String key) {
        return entries().containsKey(key);
    }

    /** The keys. */
    default Set<String> keys() {
        return entries().keySet();
    }

    /** The values in the order of their keys; may be null. */
    List<Object> values();

    /** The value of a key; null when it has none, or there is no such key. */
    default Object value(String key) {
        return entries().get(key);
    }

    /**
     * The value of a key as a value of this type: a record, an enum, or whatever else a component of a record can be.
     *
     * @return null when there is no such key, or its value is null
     * @throws MessageMismatchException when the value does not fit
     * @throws IllegalArgumentException when no message can carry the type
     */
    <T> T value(String key, Class<T> type);

    /** The keys that are the text of a port, as of {@link Database#register}; others are left out. */
    List<PortId> ports();
}
