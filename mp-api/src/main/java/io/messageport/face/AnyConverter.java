package io.messageport.face;

/** {@code Object}: anything a message can carry, given to the reader as it is. */
final class AnyConverter extends Converter {
    AnyConverter(Plain plain) {
        super(plain);
    }

    @Override
    String expected() {
        return "any value";
    }

    @Override
    Object to(Object typed) {
        return plain().of(typed);
    }

    @Override
    Object from(Object value) {
        return value;
    }

    @Override
    Object parse(String text) {
        return text;
    }
}
