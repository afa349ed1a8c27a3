package io.messageport.face;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A component whose declared type is a sealed interface: travels as the tagged list of its record. */
final class NestedSealed extends Converter {
    private final SealedShape shape;

    NestedSealed(SealedShape shape, Plain plain) {
        super(plain);
        this.shape = shape;
    }

    @Override
    String expected() {
        return "a list that starts with " + shape.expectedTag();
    }

    @Override
    Object to(Object typed) {
        return Collections.unmodifiableList(Arrays.asList(shape.ofRecord(typed).toValues(typed)));
    }

    @Override
    Object from(Object value) {
        if (shape.type().isInstance(value)) {
            return value;
        }
        Object[] values = value instanceof List<?> list ? list.toArray() : new Object[0];
        RecordShape record = values.length == 0 ? null : shape.ofTag(values[0]);
        if (record == null) {
            throw Misfit.of(expected(), value);
        }
        return record.read(values, 1);
    }
}
