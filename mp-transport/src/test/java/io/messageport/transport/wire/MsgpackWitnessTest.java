package io.messageport.transport.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.value.Value;

/**
 * An independent implementation reads what we write, and writes what we read. Not for 32-bit floats, which it turns into
 * 64-bit ones.
 */
class MsgpackWitnessTest {
    private final Random random = new Random(42);

    @Test
    void shouldAgreeWithAnotherImplementationOnRandomValues() throws IOException, WireException {
        for (int i = 0; i < 3000; i++) {
            Object value = value(0);
            byte[] ours = Vectors.encode(value);
            Value theirs;
            try (var unpacker = MessagePack.newDefaultUnpacker(ours)) {
                theirs = unpacker.unpackValue();
                assertEquals(ours.length, unpacker.getTotalReadBytes());
            }
            byte[] again;
            try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
                packer.packValue(theirs);
                again = packer.toByteArray();
            }
            assertArrayEquals(again, ours, String.valueOf(value));
            assertArrayEquals(new Object[] {value}, new Object[] {Vectors.decode(again)});
        }
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth < 4 ? 9 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong() >> random.nextInt(64);
            case 3 -> random.nextDouble();
            case 4 -> (double) random.nextFloat();
            case 5 -> text();
            case 6 -> text();
            case 7 -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(20); i > 0; i--) {
                    list.add(value(depth + 1));
                }
                yield list;
            }
            default -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(20); i > 0; i--) {
                    map.put(text(), value(depth + 1));
                }
                yield map;
            }
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(random.nextInt(10) == 0 ? 400 : 40); i > 0; i--) {
            int point = random.nextInt(random.nextBoolean() ? 0x80 : 0x11_0000);
            text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 'x' : point);
        }
        return text.toString();
    }
}
