package io.messageport.face;

import java.util.LinkedHashMap;
import java.util.Map;

/** An enum: travels as the name of its constant. */
final class EnumConverter extends Converter {
    private final Class<?> type;
    private final Map<String, Object> constants = new LinkedHashMap<>();

    EnumConverter(Class<?> type, Plain plain) {
        super(plain);
        this.type = type;
        for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
        }
    }

    @Override
    String expected() {
        return "one of " + String.join(", ", constants.keySet()) + " (" + type.getSimpleName() + ')';
    }

    @Override
    Object to(Object typed) {
        return ((Enum<?>) typed).name();
    }

    @Override
    Object from(Object value) {
        Object constant = value instanceof String name ? constants.get(name) : type.isInstance(value) ? value : null;
        if (constant == null) {
            throw Misfit.of(expected(), value);
        }
        return constant;
    }

    @Override
    Object parse(String text) {
        return from(text);
    }
}
