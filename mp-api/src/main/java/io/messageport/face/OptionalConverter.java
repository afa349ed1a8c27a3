package io.messageport.face;

import java.util.Optional;

/** {@code Optional<X>}: travels as its value, or as null. */
final class OptionalConverter extends Converter {
    private final Converter inner;

    OptionalConverter(Converter inner) {
        super(inner.plain());
        this.inner = inner;
    }

    @Override
    String expected() {
        return inner.expected() + " or null";
    }

    @Override
    Object absent() {
        return Optional.empty();
    }

    @Override
    Object parse(String text) {
        return Optional.of(inner.parse(text));
    }

    @Override
    Object to(Object typed) {
        return ((Optional<?>) typed).map(inner::toValue).orElse(null);
    }

    @Override
    Object from(Object value) {
        return Optional.ofNullable(inner.fromValue(value));
    }

    @Override
    Object fromNull() {
        return Optional.empty();
    }
}
