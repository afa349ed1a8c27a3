package io.messageport.face;

import io.messageport.MessageMismatchException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * The faces of all types under one choice of codecs: the {@linkplain #common() common} ones know the codecs that
 * {@link java.util.ServiceLoader} finds, those of a node ({@link io.messageport.NodeConfig#faces}) put the node's own
 * before them. So two nodes of one JVM may send the same type in different forms.
 *
 * <p>A face is derived once per type; what handlers hold is the face itself, so a message asks for nothing here. Any
 * thread.
 */
public final class Faces {
    private static final Faces COMMON = new Faces(List.of());

    private final List<ValueCodec<?>> own;
    private final Scalars scalars;
    private final Plain plain;
    private final PerClass<Face<?>> faces;
    private final PerClass<Optional<Converter>> codecs;

    private Faces(List<ValueCodec<?>> own) {
        this.own = own;
        this.plain = new Plain(this);
        this.scalars = new Scalars(plain);
        // The common ones live as long as the classes; a node's must go with the node.
        this.faces = own.isEmpty() ? PerClass.keptWithTheClass(this::derive) : PerClass.keptInATable(this::derive);
        this.codecs = own.isEmpty() ? PerClass.keptWithTheClass(this::find) : PerClass.keptInATable(this::find);
    }

    /** Those with the codecs that {@code ServiceLoader} finds, and no others. */
    public static Faces common() {
        return COMMON;
    }

    /**
     * Those that ask these codecs before the ones {@code ServiceLoader} finds; the common ones when there are none.
     *
     * @throws IllegalArgumentException when two of them are for one type, or one is for a type that messages carry as it
     *     is and that therefore asks no codec; the text says which
     */
    public static Faces with(List<ValueCodec<?>> codecs) {
        if (codecs.isEmpty()) {
            return COMMON;
        }
        Faces faces = new Faces(List.copyOf(codecs));
        Codecs unused = Codecs.of(codecs);
        for (ValueCodec<?> codec : codecs) {
            if (faces.scalars.of(codec.type()) != null) {
                throw new IllegalArgumentException("the codec " + codec.getClass().getName() + " is for "
                        + codec.type().getTypeName() + ", which messages carry as it is, so nobody would ask it: wrap"
                        + " the value in a type of your own");
            }
        }
        return faces;
    }

    private Face<?> derive(Class<?> type) {
        return faceOf(type);
    }

    private <T> Face<T> faceOf(Class<T> type) {
        return new Face<>(type, Derivation.of(type, this));
    }

    private Optional<Converter> find(Class<?> type) {
        return Optional.ofNullable(codecsFor(type).above(type)).map(codec -> new CodecConverter<>(codec, plain));
    }

    /**
     * The face of a record or of a sealed interface of records; always the same for a type.
     *
     * @throws IllegalArgumentException as {@link Face#of}
     */
    @SuppressWarnings("unchecked") // derive pairs each class with its own face
    public <T> Face<T> of(Class<T> type) {
        return (Face<T>) faces.of(type);
    }

    /**
     * Any value as a value that a message can carry; see {@link Face#plain}.
     *
     * @param value may be null
     * @throws IllegalArgumentException for what cannot travel; the text tells the place, such as {@code value[2]["k"]}
     */
    public Object plain(Object value) {
        try {
            return plain.of(value);
        } catch (Misfit misfit) {
            throw misfit.toIllegalArgument("value");
        }
    }

    /**
     * What a codec makes of a value, as a value that a message can carry; the same instance when no codec is for it.
     *
     * @param value not null
     * @throws IllegalArgumentException when the codec gives what no message can carry
     */
    public Object coded(Object value) {
        Optional<Converter> codec = codecs.of(value.getClass());
        if (codec.isEmpty()) {
            return value;
        }
        try {
            return codec.get().toValue(value);
        } catch (Misfit misfit) {
            throw misfit.toIllegalArgument("value");
        }
    }

    /**
     * A value of a message as a value of a declared type; see {@link Face#convert}.
     *
     * @param value may be null
     * @param place names the value in what is thrown
     * @throws MessageMismatchException when the value does not fit the type
     * @throws IllegalArgumentException when no message can carry the type
     */
    public Object convert(Object value, Type declared, String place) {
        try {
            return Derivation.ofArgument(declared, place, this).fromValue(value);
        } catch (Misfit misfit) {
            throw misfit.toMismatch(place, new Object[] {value}, 0);
        }
    }

    /** The tagged list of a record, whatever its type; see {@link Face#toValues}. */
    public Object[] tagged(Record record) {
        return of(record.getClass()).explode(record);
    }

    Shape shapeOf(Class<?> type) {
        return of(type).shape();
    }

    Scalars scalars() {
        return scalars;
    }

    Plain plain() {
        return plain;
    }

    /** The codec of a value's class: of its own, or of a type above it. */
    Optional<Converter> codecAbove(Class<?> type) {
        return codecs.of(type);
    }

    Codecs codecsFor(Class<?> type) {
        return Codecs.visibleTo(type, own);
    }

    /** How many codecs of its own it has. */
    @Override
    public String toString() {
        return own.isEmpty() ? "common faces" : "faces with " + own.size() + " codec(s) of their own";
    }
}
