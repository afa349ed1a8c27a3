package io.messageport.face;

import java.util.function.Function;

/** A type without parts, whose values are values of a message: only reading converts, and checks. */
final class Scalar extends Converter {
    private final String expected;
    private final Function<Object, Object> reader;
    private final Function<String, Object> parser;
    private final boolean nullable;
    private final boolean isPlain;

    private Scalar(Builder builder, Plain plain) {
        super(plain, builder.type);
        this.expected = builder.expected;
        this.reader = builder.reader;
        this.parser = builder.parser;
        this.nullable = builder.nullable;
        this.isPlain = builder.isPlain;
    }

    /** A type that is read from its own values only. */
    static Builder of(Class<?> type, String expected) {
        return new Builder(type, expected);
    }

    @Override
    String expected() {
        return expected;
    }

    @Override
    boolean isPlain() {
        return isPlain;
    }

    @Override
    Object to(Object typed) {
        return isPlain ? typed : String.valueOf(typed);
    }

    @Override
    Object from(Object value) {
        Object typed;
        try {
            typed = reader.apply(value);
        } catch (RuntimeException refused) {
            throw Misfit.of(expected, value, refused);
        }
        if (typed == null) {
            throw Misfit.of(expected, value);
        }
        return typed;
    }

    @Override
    Object fromNull() {
        if (!nullable) {
            throw Misfit.of(expected, null);
        }
        return null;
    }

    @Override
    Object parse(String text) {
        if (parser == null) {
            return super.parse(text);
        }
        Object parsed = parser.apply(text);
        if (parsed == null) {
            throw Misfit.of(expected, text);
        }
        return fromValue(parsed);
    }

    /** Collects the parts of a scalar; for the table only. */
    static final class Builder {
        private final Class<?> type;
        private final String expected;
        private Function<Object, Object> reader = value -> null;
        private Function<String, Object> parser;
        private boolean nullable = true;
        private boolean isPlain = true;

        private Builder(Class<?> type, String expected) {
            this.type = type;
            this.expected = expected;
        }

        Class<?> type() {
            return type;
        }

        /** Reads values of other types too; the function returns null or throws for what it refuses. */
        Builder reading(Function<Object, Object> from) {
            reader = from;
            return this;
        }

        /** Takes a {@link Default}, parsed by the function and then read. */
        Builder parsing(Function<String, Object> text) {
            parser = text;
            return this;
        }

        /** Takes a {@link Default}, and text in the place of a value. */
        Builder readingText(Function<String, Object> text) {
            parser = text;
            reader = value -> value instanceof String string ? text.apply(string) : null;
            return this;
        }

        /** Travels as its text. */
        Builder asText() {
            isPlain = false;
            return this;
        }

        Scalar build(Plain plain) {
            return new Scalar(this, plain);
        }

        /** The same for a primitive type, which has no null. */
        Scalar buildPrimitive(Plain plain) {
            nullable = false;
            return build(plain);
        }
    }
}
