package io.messageport.face;

import java.util.Arrays;
import java.util.Set;

/**
 * One record as a message: its tag, and for each component a name, a converter and what stands in for it when missing.
 * Filled by {@link Derivation}, since records may contain themselves, then never changed.
 */
final class RecordShape implements Shape {
    private final String tag;
    private final RecordHandles handles;
    private final String[] names;
    private final Converter[] converters;
    private final Object[] defaults;
    /** The components whose values have to be converted to be sent; the others travel as they are. */
    private int[] sendConverted = {};

    RecordShape(String tag, RecordHandles handles, String[] names) {
        this.tag = tag;
        this.handles = handles;
        this.names = names;
        this.converters = new Converter[names.length];
        this.defaults = new Object[names.length];
    }

    /** Sets one component; {@code missing} is {@link Converter#NOTHING} where a missing value is a mismatch. */
    void component(int index, Converter converter, Object missing) {
        converters[index] = converter;
        defaults[index] = missing;
        if (!converter.isPlain()) {
            sendConverted = Arrays.copyOf(sendConverted, sendConverted.length + 1);
            sendConverted[sendConverted.length - 1] = index;
        }
    }

    @Override
    public Class<?> type() {
        return handles.type();
    }

    String tag() {
        return tag;
    }

    /** How many components there are. */
    int size() {
        return names.length;
    }

    @Override
    public Set<String> tags() {
        return Set.of(tag);
    }

    @Override
    public RecordShape ofTag(Object value) {
        return tag.equals(value) ? this : null;
    }

    @Override
    public RecordShape ofRecord(Object value) {
        return this;
    }

    @Override
    public String expectedTag() {
        return "the tag \"" + tag + '"';
    }

    /** The tag and the components' values; {@link Misfit} for what cannot travel. */
    Object[] toValues(Object record) {
        Object[] values = handles.explode(record);
        int at = 0;
        try {
            for (; at < sendConverted.length; at++) {
                int index = sendConverted[at];
                values[index + 1] = converters[index].toValue(values[index + 1]);
            }
        } catch (Misfit misfit) {
            throw misfit.at("." + names[sendConverted[at]]);
        }
        return values;
    }

    /** The record of the values from {@code first} on, which is behind the tag; {@link Misfit} if they do not fit. */
    Object read(Object[] values, int first) {
        Object[] components = new Object[names.length];
        int given = Math.min(names.length, values.length - first);
        int at = 0;
        try {
            for (; at < given; at++) {
                components[at] = converters[at].fromValue(values[first + at]);
            }
            for (; at < components.length; at++) {
                components[at] = missing(at);
            }
        } catch (Misfit misfit) {
            throw misfit.at("." + names[at]);
        }
        try {
            return handles.construct(components);
        } catch (RuntimeException refused) {
            String text = refused.getMessage() == null ? refused.toString() : refused.getMessage();
            throw Misfit.saying("does not fit the record " + type().getSimpleName() + ": " + text, refused);
        }
    }

    private Object missing(int index) {
        Object value = defaults[index];
        if (value == Converter.NOTHING) {
            throw Misfit.saying("should be " + converters[index].expected()
                    + ", found nothing: the message ends before it, and it has no @Default", null);
        }
        return value;
    }
}
