package io.messageport.runtime.db;

import io.messageport.FamilyView;
import io.messageport.PortId;
import io.messageport.face.Faces;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A family at one moment. */
record Snapshot(String family, SortedEntries sorted, Faces faces) implements FamilyView {
    @Override
    public Map<String, Object> entries() {
        return sorted;
    }

    @Override
    public List<Object> values() {
        return Collections.unmodifiableList(new ArrayList<>(sorted.values()));
    }

    @Override
    public <T> T value(String key, Class<T> type) {
        Object value = sorted.get(key);
        String place = "the value of key \"" + key + "\" of family " + family;
        return value == null ? null : type.cast(faces.convert(value, type, place));
    }

    @Override
    public List<PortId> ports() {
        return ports(sorted.keySet());
    }

    /** The keys that are ports, in their order. */
    static List<PortId> ports(Set<String> keys) {
        List<PortId> ports = new ArrayList<>();
        for (String key : keys) {
            if (key.indexOf('#') > 0) {
                try {
                    ports.add(PortId.of(key));
                } catch (IllegalArgumentException ignored) {
                    // Some other key with a # in it.
                }
            }
        }
        return Collections.unmodifiableList(ports);
    }

    /** Family, keys and values. */
    @Override
    public String toString() {
        return family + " " + sorted;
    }
}
