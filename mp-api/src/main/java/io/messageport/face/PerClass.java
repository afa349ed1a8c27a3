package io.messageport.face;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What is derived from a class once. Any thread; two that ask for the first time at once may both derive, and get the
 * same result.
 */
@FunctionalInterface
interface PerClass<V> {
    V of(Class<?> type);

    /** Kept with the class itself, for what is the same as long as the class lives. */
    static <V> PerClass<V> keptWithTheClass(Function<Class<?>, V> derivation) {
        ClassValue<V> values = new ClassValue<>() {
            @Override
            protected V computeValue(Class<?> type) {
                return derivation.apply(type);
            }
        };
        return values::get;
    }

    /**
     * Kept in a table of its own, which goes with whoever holds it: a class would keep its values for good, and with
     * them a node that was closed long ago.
     */
    static <V> PerClass<V> keptInATable(Function<Class<?>, V> derivation) {
        ConcurrentHashMap<Class<?>, V> values = new ConcurrentHashMap<>();
        return type -> {
            V known = values.get(type);
            if (known != null) {
                return known;
            }
            // Not within the table's own lock: a codec may ask for another class while it parses a default.
            V derived = derivation.apply(type);
            V rival = values.putIfAbsent(type, derived);
            return rival == null ? derived : rival;
        };
    }
}
