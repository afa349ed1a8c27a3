package io.messageport.runtime.kernel;

import io.messageport.Handler;
import io.messageport.TypedHandler;
import io.messageport.face.Face;

/**
 * What a port does with which message: an immutable chain of tags and their handlers, with the default at its end. Most
 * ports have a handful of tags, so walking a chain beats a hash table in time and in memory.
 */
final class Handlers {
    /** No tags, no default. */
    static final Handlers NONE = new Handlers(null, null, null);

    /** A string or port ID; null at the end of the chain. */
    private final Object tag;

    /** A {@link Handler} or a {@link Typed}; at the end of the chain the default, or null. */
    private final Object handler;

    private final Handlers next;

    private Handlers(Object tag, Object handler, Handlers next) {
        this.tag = tag;
        this.handler = handler;
        this.next = next;
    }

    /** A handler of records and the face that makes them. */
    record Typed(Class<?> type, Face<?> face, TypedHandler<Object> handler, UnknownValues unknown) {
        /** The record of a tagged list. */
        Object read(Object[] values) {
            return unknown.read(face, values);
        }
    }

    /** The handler for a tag, or null. */
    Object find(Object wanted) {
        for (Handlers at = this; at.tag != null; at = at.next) {
            if (at.tag == wanted || at.tag.equals(wanted)) {
                return at.handler;
            }
        }
        return null;
    }

    /** The handler for records of exactly this class, or null: then one may still be found by tag. */
    TypedHandler<Object> findByClass(Class<?> type) {
        for (Handlers at = this; at.tag != null; at = at.next) {
            if (at.handler instanceof Typed typed && typed.type == type) {
                return typed.handler;
            }
        }
        return null;
    }

    /** The default handler, or null. */
    Handler fallback() {
        Handlers at = this;
        while (at.tag != null) {
            at = at.next;
        }
        return (Handler) at.handler;
    }

    boolean isEmpty() {
        return tag == null && handler == null;
    }

    boolean hasTags() {
        return tag != null;
    }

    Handlers with(Object added, Object itsHandler) {
        return new Handlers(added, itsHandler, without(added));
    }

    Handlers without(Object removed) {
        if (find(removed) == null) {
            return this;
        }
        return tag.equals(removed) ? next : new Handlers(tag, handler, next.without(removed));
    }

    Handlers withFallback(Handler fallback) {
        return new Handlers(tag, tag == null ? fallback : handler, tag == null ? null : next.withFallback(fallback));
    }
}
