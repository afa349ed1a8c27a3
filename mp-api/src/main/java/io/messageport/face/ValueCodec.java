package io.messageport.face;

/**
 * How a type of yours, or of a library, crosses in a message: found by {@link java.util.ServiceLoader}, or given to one
 * node with {@link io.messageport.NodeConfig.Builder#codec}, which goes first on that node.
 *
 * <p>Name the implementation in {@code META-INF/services/io.messageport.face.ValueCodec} or in a {@code provides}
 * clause; it must be visible to the class loader of the record that uses it (for values outside of records: of the
 * value's own class, or of messageport for classes of the JDK). Codecs are looked up once per record type and may be
 * instantiated several times: keep them without state, safe for any thread.
 *
 * <p>A codec goes before the built-in conversion of records, enums and collections, but types that are values of a
 * message already (see {@link io.messageport.Message}) never ask one. It applies to a record component declared as
 * exactly {@link #type()}, and to values of that type, subtypes included, within raw lists.
 *
 * @param <T> the type of the component
 */
public interface ValueCodec<T> {
    /** The component type, with its type parameters erased. */
    Class<T> type();

    /**
     * What travels; anything a message can carry, records and enums included.
     *
     * @param value not null: null travels as null without asking
     */
    Object toValue(T value);

    /**
     * Reads it back.
     *
     * @param value what arrived, not null: of whatever type the sender chose, an integer perhaps wider than it was
     * @throws RuntimeException when {@code value} is not what {@link #toValue} gives; its text becomes part of the
     *     mismatch
     */
    T fromValue(Object value);
}
