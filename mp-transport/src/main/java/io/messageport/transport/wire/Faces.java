package io.messageport.transport.wire;

import java.util.List;

/** Records as their tagged lists; the one place where this room meets the typed face of messages. */
final class Faces {
    private Faces() {}

    static List<?> values(Record face) {
        throw new Unencodable(face.getClass().getName() + " cannot cross the network yet; send its values");
    }
}
