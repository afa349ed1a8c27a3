package io.messageport.face;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code List<X>}, {@code Collection<X>} and {@code Set<X>}: travel as a list.
 *
 * <p>A list in which nothing has to be converted stays the same instance, in both directions; whatever is made here
 * cannot be written to. A set keeps the order in which it came.
 */
final class SequenceConverter extends Converter {
    private final Class<?> type;
    private final Converter element;

    SequenceConverter(Class<?> type, Converter element) {
        super(element.plain());
        this.type = type;
        this.element = element;
    }

    @Override
    String expected() {
        return "a list";
    }

    @Override
    boolean isPlain() {
        return type == List.class && element.isPlain();
    }

    @Override
    Object absent() {
        return type == Set.class ? Set.of() : List.of();
    }

    @Override
    Object to(Object typed) {
        Object[] values = ((Collection<?>) typed).toArray();
        int i = 0;
        try {
            for (; !element.isPlain() && i < values.length; i++) {
                values[i] = element.toValue(values[i]);
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
        boolean same = readAll(values);
        if (type == Set.class) {
            Set<?> set = new LinkedHashSet<>(Arrays.asList(values));
            return Collections.unmodifiableSet(set);
        }
        return same ? list : Collections.unmodifiableList(Arrays.asList(values));
    }

    /** Reads each element in place; whether all of them were right as they are. */
    private boolean readAll(Object[] values) {
        boolean same = true;
        int i = 0;
        try {
            for (; i < values.length; i++) {
                Object typed = element.fromValue(values[i]);
                same &= typed == values[i];
                values[i] = typed;
            }
        } catch (Misfit misfit) {
            throw misfit.at("[" + i + "]");
        }
        return same;
    }
}
