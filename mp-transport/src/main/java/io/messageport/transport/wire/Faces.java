package io.messageport.transport.wire;

import io.messageport.face.Face;
import java.util.Arrays;
import java.util.List;

/** Records as their tagged lists; the one place where this room meets the typed face of messages. */
final class Faces {
    private Faces() {}

    static List<?> values(Record face) {
        try {
            return Arrays.asList(Face.tagged(face));
        } catch (IllegalArgumentException e) {
            throw new Unencodable(e.getMessage());
        }
    }
}
