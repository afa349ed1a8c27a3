package io.messageport.face;

import io.messageport.MessageMismatchException;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.Set;

/**
 * The typed face of messages: a record is a tagged list, its tag first and its components in order; a sealed interface
 * of records is any of their lists ({@code RCV-3}).
 *
 * <p><b>What travels.</b> Scalars as they are ({@code char} as a string), enums by name, {@code Optional} as its value
 * or null, sets and arrays as lists, lists and maps element by element. A record within a record travels as a list too:
 * one whose component is declared as that record without its tag, one whose component is declared as a sealed interface
 * with its tag first, so that the reader can tell which one it is. A record where nothing is declared ({@code Object},
 * a raw list) travels with its tag.
 *
 * <p><b>What is read.</b> Values convert by the declared type: integers of any width when the number fits,
 * floating-point numbers from integers when exact, IDs and times also from their text, generics all the way down. A
 * type variable that nothing binds counts as its bound, so {@code record Box<T>(T value)} by itself holds an
 * {@code Object}. What is read cannot be written to, and may be the very list that arrived.
 *
 * <p><b>Evolution.</b> Trailing components may be missing, and take their {@link Default}; values after the last
 * component are left out of the record and counted by {@link #extra}. A nested record follows the same rules.
 *
 * <p>A face is derived from its class once and lives as long as the class. It has no state and may be used by any
 * thread.
 *
 * @param <T> the record or sealed interface
 */
public final class Face<T> {
    private static final ClassValue<String> TAGS = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return Derivation.tagOf(type);
        }
    };

    private final Class<T> type;
    private final Shape shape;

    Face(Class<T> type, Shape shape) {
        this.type = type;
        this.shape = shape;
    }

    /**
     * The face of a record or of a sealed interface of records, with the {@linkplain Faces#common() common} codecs;
     * always the same for a type.
     *
     * @throws IllegalArgumentException when the type is neither, when a component has a type no message can carry or a
     *     {@link Default} it cannot parse, when two records under an interface share a tag, or when the record's module
     *     keeps it closed; the text says which and what to do
     */
    public static <T> Face<T> of(Class<T> type) {
        return Faces.common().of(type);
    }

    /** The tag a record travels under, which needs no face: it is the same whatever codecs there are. */
    public static String tagOf(Class<? extends Record> type) {
        return TAGS.get(type);
    }

    /**
     * Any value as a value that a message can carry: records become their tagged lists, enums their names, and so on
     * inside of lists and maps. The same instance when there is nothing to convert.
     *
     * @param value may be null
     * @throws IllegalArgumentException for what cannot travel; the text tells the place, such as {@code value[2]["k"]}
     */
    public static Object plain(Object value) {
        return Faces.common().plain(value);
    }

    /**
     * A value of a message as a value of a declared type, by the rules for record components; for arguments, where no
     * record is around them.
     *
     * @param value may be null
     * @param place names the value in what is thrown
     * @throws MessageMismatchException when the value does not fit the type
     * @throws IllegalArgumentException when no message can carry the type
     */
    public static Object convert(Object value, Type declared, String place) {
        return Faces.common().convert(value, declared, place);
    }

    /** The tagged list of a record, whatever its type; see {@link #toValues}. */
    public static Object[] tagged(Record record) {
        return Faces.common().tagged(record);
    }

    /** As {@link #toValues}, for a record known to be of this type. */
    Object[] explode(Record record) {
        return toValues(type.cast(record));
    }

    Shape shape() {
        return shape;
    }

    /** The record or sealed interface. */
    public Class<T> type() {
        return type;
    }

    /**
     * The tag of a record.
     *
     * @throws IllegalStateException for a sealed interface, which has {@link #tags()}
     */
    public String tag() {
        if (!(shape instanceof RecordShape single)) {
            throw new IllegalStateException(type.getName() + " is a sealed interface with the tags " + shape.tags()
                    + ": ask for tags() instead of tag()");
        }
        return single.tag();
    }

    /** The tags of all records under the type, in the order of declaration; unmodifiable. */
    public Set<String> tags() {
        return shape.tags();
    }

    /**
     * The tagged list: a fresh array, the tag first.
     *
     * @throws IllegalArgumentException when an {@code Object} component holds what no message can carry
     */
    public Object[] toValues(T record) {
        RecordShape single = shape.ofRecord(Objects.requireNonNull(record, "record"));
        try {
            return single.toValues(record);
        } catch (Misfit misfit) {
            throw misfit.toIllegalArgument(single.tag());
        }
    }

    /**
     * Reads the tagged list that starts at {@code from}.
     *
     * @throws MessageMismatchException when it does not fit the type; the text tells the place, such as
     *     {@code say.author.name[2]}, what should be there and what is
     */
    public T fromValues(Object[] values, int from) {
        RecordShape single = shapeAt(values, from);
        try {
            return type.cast(single.read(values, from + 1));
        } catch (Misfit misfit) {
            throw misfit.toMismatch(single.tag(), values, from);
        }
    }

    /**
     * How many values follow the last component: those of a newer sender, or the reply port that {@code call} appends
     * ({@code CAL-1}); 0 when there are fewer values than components.
     *
     * @throws MessageMismatchException when the list at {@code from} does not start with a tag of this type
     */
    public int extra(Object[] values, int from) {
        return Math.max(0, values.length - from - 1 - shapeAt(values, from).size());
    }

    private RecordShape shapeAt(Object[] values, int from) {
        RecordShape single = from < values.length ? shape.ofTag(values[from]) : null;
        if (single == null) {
            Misfit misfit = from < values.length
                    ? Misfit.of(shape.expectedTag(), values[from])
                    : Misfit.saying("should start with " + shape.expectedTag() + ", but is empty", null);
            throw misfit.toMismatch(from < values.length ? "the first value" : "the message", values, from);
        }
        return single;
    }

    /** The type and its tags. */
    @Override
    public String toString() {
        return "Face of " + type.getName() + ' ' + shape.tags();
    }
}
