package io.messageport.face;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** An array of anything but bytes: travels as a list. */
final class ArrayConverter extends Converter {
    private final Class<?> elementType;
    private final Converter element;

    ArrayConverter(Class<?> elementType, Converter element) {
        super(element.plain());
        this.elementType = elementType;
        this.element = element;
    }

    @Override
    String expected() {
        return "a list";
    }

    @Override
    Object to(Object typed) {
        Object[] values = new Object[Array.getLength(typed)];
        int i = 0;
        try {
            for (; i < values.length; i++) {
                values[i] = element.toValue(Array.get(typed, i));
            }
        } catch (Misfit misfit) {
            throw misfit.at("[" + i + "]");
        }
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    @Override
    Object from(Object value) {
        if (!(value instanceof List<?> list)) {
            throw Misfit.of(expected(), value);
        }
        Object[] values = list.toArray();
        Object array = Array.newInstance(elementType, values.length);
        int i = 0;
        try {
            for (; i < values.length; i++) {
                Array.set(array, i, element.fromValue(values[i]));
            }
        } catch (Misfit misfit) {
            throw misfit.at("[" + i + "]");
        }
        return array;
    }
}
