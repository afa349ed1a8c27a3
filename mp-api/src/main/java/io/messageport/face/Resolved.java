package io.messageport.face;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A type without variables and wildcards. A wildcard counts as its upper bound; a variable that nothing binds as the
 * erasure of its first bound, so that {@code T} alone is {@code Object}.
 *
 * @param raw the class
 * @param arguments the type arguments; none for a raw use; the element type for an array
 */
record Resolved(Class<?> raw, List<Resolved> arguments) {
    private static final Resolved OBJECT = new Resolved(Object.class, List.of());

    /** Resolves a type as reflection gives it. */
    static Resolved of(Type type, Map<TypeVariable<?>, Resolved> bindings) {
        return switch (type) {
            case Class<?> c when c.isArray() -> new Resolved(c, List.of(of(c.getComponentType(), bindings)));
            case Class<?> c -> new Resolved(c, List.of());
            case ParameterizedType p -> {
                List<Resolved> arguments = new ArrayList<>();
                for (Type argument : p.getActualTypeArguments()) {
                    arguments.add(of(argument, bindings));
                }
                yield new Resolved((Class<?>) p.getRawType(), List.copyOf(arguments));
            }
            case GenericArrayType array -> {
                Resolved element = of(array.getGenericComponentType(), bindings);
                yield new Resolved(element.raw.arrayType(), List.of(element));
            }
            case WildcardType wildcard -> of(wildcard.getUpperBounds()[0], bindings);
            case TypeVariable<?> variable -> {
                Resolved bound = bindings.get(variable);
                yield bound != null ? bound : new Resolved(erasure(variable), List.of());
            }
            default -> throw new IllegalArgumentException("unknown kind of type " + type);
        };
    }

    /** What each type parameter of the class stands for; empty for a raw use. */
    Map<TypeVariable<?>, Resolved> bindings() {
        Map<TypeVariable<?>, Resolved> bindings = new HashMap<>();
        if (!raw.isArray()) {
            for (int i = 0; i < arguments.size(); i++) {
                bindings.put(raw.getTypeParameters()[i], arguments.get(i));
            }
        }
        return bindings;
    }

    /** The type argument at an index; {@code Object} in a raw use. */
    Resolved argument(int index) {
        return index < arguments.size() ? arguments.get(index) : OBJECT;
    }

    /** A class that implements or extends this type, with its parameters bound as far as this type tells. */
    Resolved narrowTo(Class<?> subtype) {
        Map<TypeVariable<?>, Resolved> bindings = new HashMap<>();
        for (Type face : subtype.getGenericInterfaces()) {
            if (face instanceof ParameterizedType p && p.getRawType() == raw) {
                for (int i = 0; i < p.getActualTypeArguments().length; i++) {
                    if (p.getActualTypeArguments()[i] instanceof TypeVariable<?> variable) {
                        bindings.put(variable, argument(i));
                    }
                }
            }
        }
        List<Resolved> bound = new ArrayList<>();
        for (TypeVariable<?> parameter : subtype.getTypeParameters()) {
            bound.add(of(parameter, bindings));
        }
        return new Resolved(subtype, List.copyOf(bound));
    }

    private static Class<?> erasure(TypeVariable<?> variable) {
        return switch (variable.getBounds()[0]) {
            case Class<?> c -> c;
            case ParameterizedType p -> (Class<?>) p.getRawType();
            case TypeVariable<?> other -> erasure(other);
            default -> Object.class;
        };
    }

    /** As in source, with package names. */
    @Override
    public String toString() {
        if (raw.isArray() || arguments.isEmpty()) {
            return raw.getTypeName();
        }
        List<String> texts = arguments.stream().map(Resolved::toString).toList();
        return raw.getTypeName() + '<' + String.join(", ", texts) + '>';
    }
}
