package io.messageport.face;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The {@link ValueCodec}s for one class: a node's own first, then those the class can see. */
final class Codecs {
    private final Map<Class<?>, ValueCodec<?>> byType = new LinkedHashMap<>();

    private Codecs() {}

    /** Those given by hand. */
    static Codecs of(List<ValueCodec<?>> own) {
        Codecs codecs = new Codecs();
        own.forEach(codecs::add);
        return codecs;
    }

    /** Looks them up; classes of the JDK see those that messageport sees. */
    static Codecs visibleTo(Class<?> type, List<ValueCodec<?>> own) {
        ClassLoader loader = type.getClassLoader();
        boolean system = loader == null || loader.equals(ClassLoader.getPlatformClassLoader());
        Codecs found = new Codecs();
        for (ValueCodec<?> codec : ServiceLoader.load(
                ValueCodec.class, system ? Codecs.class.getClassLoader() : loader)) {
            found.add(codec);
        }
        Codecs all = of(own);
        found.byType.forEach(all.byType::putIfAbsent);
        return all;
    }

    private void add(ValueCodec<?> codec) {
        ValueCodec<?> rival = byType.putIfAbsent(codec.type(), codec);
        if (rival != null) {
            throw new IllegalArgumentException("two codecs for " + codec.type().getName() + ": "
                    + rival.getClass().getName() + " and " + codec.getClass().getName() + "; keep one");
        }
    }

    /** The codec of a declared type, or null. */
    ValueCodec<?> declared(Class<?> type) {
        return byType.get(type);
    }

    /** The codec of a value's class: its own, or one of a type above it; null if there is none. */
    ValueCodec<?> above(Class<?> type) {
        ValueCodec<?> exact = byType.get(type);
        if (exact != null) {
            return exact;
        }
        for (ValueCodec<?> codec : byType.values()) {
            if (codec.type().isAssignableFrom(type)) {
                return codec;
            }
        }
        return null;
    }
}
