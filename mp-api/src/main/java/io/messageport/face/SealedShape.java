package io.messageport.face;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The records under one sealed interface, by tag and by class. Filled by {@link Derivation}, then never changed. */
final class SealedShape implements Shape {
    private final Class<?> type;
    private final Map<String, RecordShape> byTag = new LinkedHashMap<>();
    private final Map<Class<?>, RecordShape> byClass = new HashMap<>();

    SealedShape(Class<?> type) {
        this.type = type;
    }

    /** Adds a record; one that is reachable over several interfaces counts once. */
    void add(RecordShape shape) {
        if (byClass.containsKey(shape.type())) {
            return;
        }
        RecordShape rival = byTag.putIfAbsent(shape.tag(), shape);
        if (rival != null) {
            throw new IllegalArgumentException(
                    "the records " + rival.type().getName() + " and " + shape.type().getName()
                            + " under " + type.getName() + " have the same tag \"" + shape.tag()
                            + "\": give one of them another with @Tag");
        }
        byClass.put(shape.type(), shape);
    }

    @Override
    public Class<?> type() {
        return type;
    }

    @Override
    public Set<String> tags() {
        return Collections.unmodifiableSet(byTag.keySet());
    }

    @Override
    public RecordShape ofTag(Object tag) {
        return byTag.get(tag);
    }

    @Override
    public RecordShape ofRecord(Object value) {
        RecordShape shape = byClass.get(value.getClass());
        if (shape == null) {
            throw new ClassCastException(value.getClass().getName() + " is no record under " + type.getName());
        }
        return shape;
    }

    @Override
    public String expectedTag() {
        return "one of the tags \"" + String.join("\", \"", byTag.keySet()) + "\" (" + type.getSimpleName() + ')';
    }
}
