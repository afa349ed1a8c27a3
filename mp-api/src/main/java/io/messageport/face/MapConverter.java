package io.messageport.face;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * {@code Map<K, V>}: travels as a map, each key and value converted.
 *
 * <p>A map in which nothing has to be converted stays the same instance; whatever is made here cannot be written to and
 * keeps the order in which it came.
 */
final class MapConverter extends Converter {
    private final Converter key;
    private final Converter value;

    MapConverter(Converter key, Converter value) {
        super(value.plain());
        this.key = key;
        this.value = value;
    }

    @Override
    String expected() {
        return "a map";
    }

    @Override
    boolean isPlain() {
        return key.isPlain() && value.isPlain();
    }

    @Override
    Object absent() {
        return Map.of();
    }

    @Override
    Object to(Object typed) {
        return isPlain() ? typed : convert((Map<?, ?>) typed, key::toValue, value::toValue);
    }

    @Override
    Object from(Object found) {
        if (!(found instanceof Map<?, ?> map)) {
            throw Misfit.of(expected(), found);
        }
        return convert(map, key::fromValue, value::fromValue);
    }

    /**
     * Each key and value through its function; the same map if nothing changes. Steps of the path are {@code ["x"]} for
     * the value under x and {@code .keys[2]} for the third key.
     */
    static Map<?, ?> convert(Map<?, ?> map, UnaryOperator<Object> keys, UnaryOperator<Object> values) {
        Map<Object, Object> converted = LinkedHashMap.newLinkedHashMap(map.size());
        boolean same = true;
        int i = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object newKey = key(i, entry.getKey(), keys);
            Object newValue = value(entry, values);
            same &= newKey == entry.getKey() && newValue == entry.getValue();
            converted.put(newKey, newValue);
            i++;
        }
        if (converted.size() != map.size()) {
            throw Misfit.saying("has keys that become equal: " + Misfit.show(map), null);
        }
        return same ? map : Collections.unmodifiableMap(converted);
    }

    private static Object key(int index, Object key, UnaryOperator<Object> keys) {
        try {
            return keys.apply(key);
        } catch (Misfit misfit) {
            throw misfit.at(".keys[" + index + "]");
        }
    }

    private static Object value(Map.Entry<?, ?> entry, UnaryOperator<Object> values) {
        try {
            return values.apply(entry.getValue());
        } catch (Misfit misfit) {
            Object key = entry.getKey();
            throw misfit.at(key instanceof String ? "[\"" + key + "\"]" : "[" + key + "]");
        }
    }
}
