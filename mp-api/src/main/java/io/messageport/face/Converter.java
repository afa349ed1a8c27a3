package io.messageport.face;

/**
 * Between the values of one declared type and the values a message carries.
 *
 * <p>Stateless once derived, so any thread may use it.
 */
abstract sealed class Converter
        permits AnyConverter,
        ArrayConverter,
        CodecConverter,
        EnumConverter,
        MapConverter,
        NestedRecord,
        NestedSealed,
        OptionalConverter,
        ReasonConverter,
        Scalar,
        SequenceConverter {

    /** What {@link #absent()} gives where a missing value is a mismatch. */
    static final Object NOTHING = new Object();

    /** Values of exactly this class are read as they are, without a virtual call; null if there is no such class. */
    private final Class<?> same;

    /** Gives a value the form it would have got on the network. */
    private final Plain plain;

    Converter(Plain plain) {
        this(plain, null);
    }

    Converter(Plain plain, Class<?> same) {
        this.plain = plain;
        this.same = same;
    }

    final Plain plain() {
        return plain;
    }

    /** What it wants, with an article, for the texts of mismatches. */
    abstract String expected();

    /** Whether values of the declared type are values of the message model as they are. */
    boolean isPlain() {
        return false;
    }

    /** What a component without {@link Default} takes when the message ends before it. */
    Object absent() {
        return NOTHING;
    }

    /** The value for the text of a {@link Default}; {@link UnsupportedOperationException} if the type takes none. */
    Object parse(String text) {
        throw new UnsupportedOperationException("takes no default text");
    }

    /** The value that travels; null travels as null. */
    final Object toValue(Object typed) {
        return typed == null ? null : to(typed);
    }

    /**
     * The typed value.
     *
     * <p>A message that never left its node may hold values that the network would have normalised, such as a set or an
     * enum constant: what does not fit as it is gets the same chance in its plain form.
     */
    final Object fromValue(Object value) {
        if (value == null) {
            return fromNull();
        }
        if (value.getClass() == same) {
            return value;
        }
        try {
            return from(value);
        } catch (Misfit misfit) {
            return fromPlain(value, misfit);
        }
    }

    /** Converts a value that is not null, of the declared type. */
    abstract Object to(Object typed);

    /** Converts a value that is not null and may be anything else; throws {@link Misfit}. */
    abstract Object from(Object value);

    /** Null, where the declared type has it. */
    Object fromNull() {
        return null;
    }

    private Object fromPlain(Object value, Misfit misfit) {
        if (misfit.isDeeper()) {
            throw misfit;
        }
        Object sendable;
        try {
            sendable = plain.of(value);
        } catch (Misfit unsendable) {
            throw misfit;
        }
        if (sendable == value) {
            throw misfit;
        }
        return sendable == null ? fromNull() : sendable.getClass() == same ? sendable : from(sendable);
    }
}
