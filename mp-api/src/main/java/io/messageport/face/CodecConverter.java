package io.messageport.face;

/** A type with a {@link ValueCodec}. */
final class CodecConverter<T> extends Converter {
    private final ValueCodec<T> codec;
    private final Class<T> type;

    CodecConverter(ValueCodec<T> codec, Plain plain) {
        super(plain);
        this.codec = codec;
        this.type = codec.type();
    }

    @Override
    String expected() {
        String name = codec.getClass().getSimpleName();
        return "what " + (name.isEmpty() ? codec.getClass().getName() : name) + " reads as " + type.getSimpleName();
    }

    @Override
    Object to(Object typed) {
        Object value = codec.toValue(type.cast(typed));
        if (type.isInstance(value)) {
            throw Misfit.saying("has a codec, " + codec.getClass().getName() + ", whose toValue gives a "
                    + type.getSimpleName() + " again", null);
        }
        return plain().of(value);
    }

    @Override
    Object from(Object value) {
        try {
            return type.cast(codec.fromValue(value));
        } catch (RuntimeException refused) {
            throw Misfit.of(expected(), value, refused);
        }
    }

    @Override
    Object parse(String text) {
        return from(text);
    }
}
