package io.messageport.transport.wire;

import io.messageport.face.Faces;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The committed byte vectors, by name, and the calls that turn them into values and back. */
final class Vectors {
    private Vectors() {}

    static Map<String, byte[]> read(String file) {
        Map<String, byte[]> vectors = new LinkedHashMap<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(Vectors.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                String[] parts = line.split(" {2,}", 2);
                String hex = parts[1].replace(" ", "").replace("-", "");
                if (vectors.put(parts[0], HexFormat.of().parseHex(hex)) != null) {
                    throw new IllegalStateException(parts[0] + " is twice in " + file);
                }
            }
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] encode(Object value) {
        WireBuffer out = WireBuffer.ofCapacity(16);
        new ValueWriter(Faces.common()).value(out, value, 0);
        return out.toByteArray();
    }

    static Object decode(byte[] bytes) throws WireException {
        Input in = new Input();
        in.reset(bytes, 0, bytes.length);
        Object value = ValueReader.value(in, 0);
        if (in.remaining() > 0) {
            throw new WireException("left over");
        }
        return value;
    }

    static Frame decodeFrame(byte[] bytes, int limit) throws WireException {
        FrameReader reader = new FrameReader(limit);
        int size = reader.sizeAt(bytes, 0, bytes.length);
        if (size != bytes.length) {
            throw new WireException("a frame of " + size + " bytes in " + bytes.length);
        }
        return reader.read(bytes, 0, size);
    }

    static byte[] dataFrame(int limit, String port, Object... values) {
        WireBuffer out = WireBuffer.ofCapacity(16);
        new FrameWriter(Faces.common()).data(out, port, values, limit);
        return out.toByteArray();
    }
}
