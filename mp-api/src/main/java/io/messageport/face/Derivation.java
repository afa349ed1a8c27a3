package io.messageport.face;

import io.messageport.Reason;
import io.messageport.Tag;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * From a class to its shape, once: names the converter of each component, and refuses what no message can carry.
 *
 * <p>One derivation serves one top-level type and one thread. A record met again within it, as in a tree, gets the
 * shape already begun.
 */
final class Derivation {
    /** What a component can be, for the texts of refusals. */
    static final String WORKS = "what works is String, boolean, char, all number types but BigDecimal, byte[], PortId,"
            + " NodeId, Reason, Instant, Duration, UUID, enums, records, sealed interfaces of records, Optional, List,"
            + " Set, Map and arrays of these, Object, and any type with a ValueCodec";

    /** Only a generic record that nests ever larger types in itself gets there. */
    private static final int DEEPEST = 64;

    private final Faces faces;
    private final Codecs codecs;
    private final Map<Resolved, RecordShape> records = new HashMap<>();
    private final Map<Resolved, SealedShape> interfaces = new HashMap<>();
    private int depth;

    private Derivation(Faces faces, Class<?> type) {
        this.faces = faces;
        this.codecs = faces.codecsFor(type);
    }

    /**
     * The shape of a record or of a sealed interface of records.
     *
     * @throws IllegalArgumentException when it is neither, or has a component no message can carry
     */
    static Shape of(Class<?> type, Faces faces) {
        Derivation derivation = new Derivation(faces, type);
        Resolved resolved = new Resolved(type, List.of());
        if (type.isRecord()) {
            return derivation.record(resolved);
        }
        if (isSealedInterface(type)) {
            return derivation.sealedInterface(resolved);
        }
        throw new IllegalArgumentException(
                type.getTypeName() + " is neither a record nor a sealed interface of records:"
                        + " only those are the typed face of a message");
    }

    /** The converter of a value declared outside of records, at a place that is named in refusals. */
    static Converter ofArgument(Type type, String place, Faces faces) {
        Resolved resolved = Resolved.of(type, Map.of());
        return new Derivation(faces, resolved.raw()).converter(resolved, place);
    }

    /** The tag of a record: given, or its simple name in lower camel case. */
    static String tagOf(Class<?> type) {
        Tag given = type.getAnnotation(Tag.class);
        if (given == null) {
            String name = type.getSimpleName();
            return Character.toLowerCase(name.charAt(0)) + name.substring(1);
        }
        if (given.value().isEmpty()) {
            throw new IllegalArgumentException("the @Tag of " + type.getName() + " is empty");
        }
        return given.value();
    }

    private RecordShape record(Resolved type) {
        RecordShape begun = records.get(type);
        if (begun != null) {
            return begun;
        }
        if (depth == DEEPEST) {
            throw new IllegalArgumentException(
                    "the record " + type.raw().getName() + " nests types more than " + DEEPEST
                            + " deep: a generic record cannot contain itself with ever larger type arguments");
        }
        RecordComponent[] components = type.raw().getRecordComponents();
        String tag = tagOf(type.raw());
        String[] names = Arrays.stream(components).map(RecordComponent::getName).toArray(String[]::new);
        RecordShape shape = new RecordShape(tag, RecordHandles.of(type.raw(), tag), names);
        records.put(type, shape);
        depth++;
        for (int i = 0; i < components.length; i++) {
            Resolved declared = Resolved.of(components[i].getGenericType(), type.bindings());
            Place place = new Place(type.raw(), components[i], declared);
            Converter converter = converter(declared, place);
            shape.component(i, converter, missing(converter, place));
        }
        depth--;
        return shape;
    }

    private SealedShape sealedInterface(Resolved type) {
        SealedShape begun = interfaces.get(type);
        if (begun != null) {
            return begun;
        }
        SealedShape shape = new SealedShape(type.raw());
        interfaces.put(type, shape);
        collect(type, shape);
        return shape;
    }

    private void collect(Resolved type, SealedShape shape) {
        for (Class<?> permitted : type.raw().getPermittedSubclasses()) {
            Resolved narrowed = type.narrowTo(permitted);
            if (permitted.isRecord()) {
                shape.add(record(narrowed));
            } else if (isSealedInterface(permitted)) {
                collect(narrowed, shape);
            } else {
                throw new IllegalArgumentException(permitted.getName() + ", permitted by " + type.raw().getName()
                        + ", is neither a record nor a sealed interface of records");
            }
        }
    }

    private Converter converter(Resolved type, Object place) {
        Class<?> raw = type.raw();
        Converter scalar = faces.scalars().of(raw);
        if (scalar != null) {
            return scalar;
        }
        ValueCodec<?> codec = codecs.declared(raw);
        if (codec != null) {
            return new CodecConverter<>(codec, faces.plain());
        }
        if (raw == Object.class) {
            return new AnyConverter(faces.plain());
        }
        if (raw == Reason.class) {
            return new ReasonConverter(faces.plain());
        }
        if (raw.isRecord()) {
            return new NestedRecord(record(type), faces.plain());
        }
        if (isSealedInterface(raw)) {
            return new NestedSealed(sealedInterface(type), faces.plain());
        }
        return raw.isEnum() ? new EnumConverter(raw, faces.plain()) : container(type, place);
    }

    private Converter container(Resolved type, Object place) {
        Class<?> raw = type.raw();
        if (raw.isArray()) {
            return new ArrayConverter(raw.getComponentType(), converter(type.argument(0), place));
        }
        if (raw == List.class || raw == Set.class || raw == Collection.class) {
            return new SequenceConverter(raw, converter(type.argument(0), place));
        }
        if (raw == Map.class) {
            return new MapConverter(converter(type.argument(0), place), converter(type.argument(1), place));
        }
        if (raw == Optional.class && type.argument(0).raw() != Optional.class) {
            return new OptionalConverter(converter(type.argument(0), place));
        }
        throw new IllegalArgumentException(place + " holds a " + type + ", which no message can carry: " + WORKS);
    }

    private static Object missing(Converter converter, Place place) {
        Default given = place.component.getAnnotation(Default.class);
        if (given == null) {
            return converter.absent();
        }
        try {
            return converter.parse(given.value());
        } catch (Misfit misfit) {
            throw misfit.toIllegalArgument(place + ": its @Default");
        } catch (RuntimeException refused) {
            throw new IllegalArgumentException(
                    place + ": its @Default \"" + given.value() + "\" is not " + converter.expected() + " ("
                            + refused.getMessage() + ")",
                    refused);
        }
    }

    private static boolean isSealedInterface(Class<?> type) {
        return type.isInterface() && type.isSealed();
    }

    /** Where a derivation stands, for the texts of refusals. */
    private record Place(Class<?> owner, RecordComponent component, Resolved declared) {
        @Override
        public String toString() {
            return "component " + component.getName() + " (" + declared + ") of record " + owner.getName();
        }
    }
}
