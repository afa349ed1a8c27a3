package io.messageport.face;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A component whose declared type is one record: travels as the list of the record's components, without a tag, since
 * both ends know which record it is.
 *
 * <p>Reading takes the tagged list as well, which is what a record within a raw list becomes: a list that starts with
 * the record's tag and is longer by one than its components. That is a guess in one case: an untagged list from a
 * sender whose record has one trailing component more, and whose first component happens to be the text of the tag.
 */
final class NestedRecord extends Converter {
    private final RecordShape shape;

    NestedRecord(RecordShape shape, Plain plain) {
        super(plain);
        this.shape = shape;
    }

    @Override
    String expected() {
        return "the list of a " + shape.type().getSimpleName();
    }

    @Override
    Object to(Object typed) {
        Object[] tagged = shape.toValues(typed);
        return Collections.unmodifiableList(Arrays.asList(tagged).subList(1, tagged.length));
    }

    @Override
    Object from(Object value) {
        if (shape.type().isInstance(value)) {
            return value;
        }
        if (!(value instanceof List<?> list)) {
            throw Misfit.of(expected(), value);
        }
        Object[] values = list.toArray();
        boolean tagged = values.length == shape.size() + 1 && shape.tag().equals(values[0]);
        return shape.read(values, tagged ? 1 : 0);
    }
}
