package io.messageport.transport.wire;

import io.messageport.NodeId;
import io.messageport.PortId;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Maps to MessagePack. Keys are scalars, null included; lists, maps and byte arrays are refused as keys.
 *
 * <p>Two keys that differ here can be the same on the wire (an {@code Integer} and a {@code Long} 1). The receiver refuses
 * a map with a key twice and would end the connection, so such a map is refused at the sender.
 */
final class MapWriter {
    private MapWriter() {}

    static void map(ValueWriter writer, WireBuffer out, Map<?, ?> map, int depth) {
        int inside = ValueWriter.deeper(depth);
        int size = map.size();
        ValueWriter.mapHeader(out, size);
        Keys keys = new Keys(map);
        int count = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object key = entry.getKey();
            try {
                keys.check(key);
                writer.value(out, key, inside);
            } catch (Unencodable e) {
                throw e.in("a map key");
            }
            try {
                writer.value(out, entry.getValue(), inside);
            } catch (Unencodable e) {
                throw e.in("map entry \"" + key + '"');
            }
            count++;
        }
        ValueWriter.unchanged(count == size);
    }

    /** Finds keys that would be equal on the wire; remembers them only where the map itself does not exclude it. */
    private static final class Keys {
        private final boolean trusted;
        private Class<?> only;
        private Set<Object> seen;
        private final Map<?, ?> map;

        Keys(Map<?, ?> map) {
            this.map = map;
            // A hash map has no two equal keys, and equal keys of one class are equal on the wire and back.
            trusted = map instanceof HashMap;
        }

        void check(Object key) {
            Object wire = wireForm(key);
            if (seen == null) {
                Class<?> type = key == null ? Void.class : key.getClass();
                if (trusted && (only == null || only == type)) {
                    only = type;
                    return;
                }
                seen = HashSet.newHashSet(map.size());
                for (Object earlier : map.keySet()) {
                    if (earlier == key) {
                        break;
                    }
                    seen.add(wireForm(earlier));
                }
            }
            if (!seen.add(wire)) {
                throw new Unencodable("\"" + key + "\" would be twice in the map, since " + wire
                        + " is its wire form; use keys of one type");
            }
        }

        private static Object wireForm(Object key) {
            return switch (key) {
                case null -> null;
                case String text -> text;
                case Long number -> number;
                case PortId port -> port;
                case NodeId node -> node;
                case Integer number -> number.longValue();
                case Short number -> number.longValue();
                case Byte number -> number.longValue();
                case BigInteger number -> number.bitLength() < 64 ? (Object) number.longValue() : number;
                case Boolean truth -> truth;
                case Double number -> number;
                case Float number -> number;
                case Enum<?> constant -> constant.name();
                case Character c -> c.toString();
                case UUID uuid -> uuid;
                case Instant instant -> instant;
                case Duration duration -> duration;
                default -> throw new Unencodable(key.getClass().getName()
                        + " cannot be a map key on the network; use text, a number, a port ID or another scalar");
            };
        }
    }
}
