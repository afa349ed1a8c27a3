package io.messageport.runtime.kernel;

import io.messageport.Handler;
import io.messageport.TypedHandler;
import io.messageport.face.Face;
import java.util.Arrays;

/**
 * What a port does with which message: an immutable table of tags, and the default. Most ports have a handful of tags,
 * so a scan of an array beats a hash table in time and in memory.
 */
final class Handlers {
    /** No tags, no default. */
    static final Handlers NONE = new Handlers(new Object[0], null);

    /** Tag and handler in turn; a handler is a {@link Handler} or a {@link Typed}. */
    private final Object[] table;

    private final Handler fallback;

    private Handlers(Object[] table, Handler fallback) {
        this.table = table;
        this.fallback = fallback;
    }

    /** A handler of records and the face that makes them. */
    record Typed(Class<?> type, Face<?> face, TypedHandler<Object> handler, UnknownValues unknown) {
        /** The record of a tagged list. */
        Object read(Object[] values) {
            return unknown.read(face, values);
        }
    }

    /** The handler for a tag, or null. */
    Object find(Object tag) {
        for (int i = 0; i < table.length; i += 2) {
            if (table[i] == tag || table[i].equals(tag)) {
                return table[i + 1];
            }
        }
        return null;
    }

    /** The default handler, or null. */
    Handler fallback() {
        return fallback;
    }

    boolean isEmpty() {
        return table.length == 0 && fallback == null;
    }

    boolean hasTags() {
        return table.length > 0;
    }

    Handlers with(Object tag, Object handler) {
        Handlers rest = without(tag);
        Object[] longer = Arrays.copyOf(rest.table, rest.table.length + 2);
        longer[longer.length - 2] = tag;
        longer[longer.length - 1] = handler;
        return new Handlers(longer, fallback);
    }

    Handlers without(Object tag) {
        for (int i = 0; i < table.length; i += 2) {
            if (table[i].equals(tag)) {
                Object[] shorter = new Object[table.length - 2];
                System.arraycopy(table, 0, shorter, 0, i);
                System.arraycopy(table, i + 2, shorter, i, shorter.length - i);
                return new Handlers(shorter, fallback);
            }
        }
        return this;
    }

    Handlers withFallback(Handler handler) {
        return new Handlers(table, handler);
    }
}
