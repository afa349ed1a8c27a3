package io.messageport.face;

/** A type with a {@link ValueCodec}. */
final class CodecConverter<T> extends Converter {
    private final ValueCodec<T> codec;

    CodecConverter(ValueCodec<T> codec) {
        this.codec = codec;
    }

    @Override
    String expected() {
        return "what " + codec.getClass().getSimpleName() + " reads as " + codec.type().getSimpleName();
    }

    @Override
    Object to(Object typed) {
        Object value = codec.toValue(codec.type().cast(typed));
        if (codec.type().isInstance(value)) {
            throw Misfit.saying("has a codec, " + codec.getClass().getName() + ", whose toValue gives a "
                    + codec.type().getSimpleName() + " again", null);
        }
        return Plain.of(value);
    }

    @Override
    Object from(Object value) {
        try {
            return codec.type().cast(codec.fromValue(value));
        } catch (RuntimeException refused) {
            throw Misfit.of(expected(), value, refused);
        }
    }

    @Override
    Object parse(String text) {
        return from(text);
    }
}
