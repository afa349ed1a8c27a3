package io.messageport.face;

import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** The {@link ValueCodec}s that a class can see. */
final class Codecs {
    private final Map<Class<?>, ValueCodec<?>> byType = new HashMap<>();

    private Codecs() {}

    /** Looks them up; classes of the JDK see those that messageport sees. */
    static Codecs visibleTo(Class<?> type) {
        ClassLoader own = type.getClassLoader();
        boolean system = own == null || own.equals(ClassLoader.getPlatformClassLoader());
        Codecs codecs = new Codecs();
        for (ValueCodec<?> codec : ServiceLoader.load(ValueCodec.class, system ? Codecs.class.getClassLoader() : own)) {
            codecs.add(codec);
        }
        return codecs;
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
