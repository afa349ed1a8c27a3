package io.messageport.face;

import io.messageport.Reason;
import java.util.List;

/** {@link Reason}: its list form, which is not that of a record. */
final class ReasonConverter extends Converter {
    ReasonConverter(Plain plain) {
        super(plain);
    }

    @Override
    String expected() {
        return "a reason's list";
    }

    @Override
    Object to(Object typed) {
        return plain().of(((Reason) typed).values());
    }

    @Override
    Object from(Object value) {
        return switch (value) {
            case Reason reason -> reason;
            case List<?> values -> Reason.of(values);
            default -> throw Misfit.of(expected(), value);
        };
    }
}
