package io.messageport.runtime.db;

import io.messageport.Message;
import io.messageport.MessageMismatchException;
import io.messageport.NodeId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How much of what each peer has sent waits for its turn. One that keeps to its window has little there; one that sends on
 * whatever happens is found out before it fills the memory ({@code T-16}). Any thread.
 */
final class Backlog {
    /** About how many bytes of one peer may wait. */
    static final long MOST_BYTES = 64L << 20;

    /** What an object takes beside what it holds. */
    private static final int OBJECT = 48;

    private final ConcurrentMap<NodeId, Long> waiting = new ConcurrentHashMap<>();

    /**
     * A message of a peer's waits.
     *
     * @return its size, for {@link #leaves}
     * @throws MessageMismatchException when too much does; then this one does not
     */
    long enters(NodeId from, Message message) {
        long bytes = sizeOf(message.values());
        if (waiting.merge(from, bytes, Long::sum) > MOST_BYTES) {
            leaves(from, bytes);
            throw new MessageMismatchException("more of the database at once than anybody may send: " + MOST_BYTES
                    + " bytes wait to be taken in");
        }
        return bytes;
    }

    /** A message has had its turn. */
    void leaves(NodeId from, long bytes) {
        var unused = waiting.computeIfPresent(from, (peer, before) -> before <= bytes ? null : before - bytes);
    }

    private static long sizeOf(Object value) {
        return OBJECT + switch (value) {
            case String text -> text.length();
            case byte[] bytes -> bytes.length;
            case NodeId node -> node.value().length();
            case List<?> list -> {
                long sum = 0;
                for (Object each : list) {
                    sum += sizeOf(each);
                }
                yield sum;
            }
            case Map<?, ?> map -> {
                long sum = 0;
                for (Map.Entry<?, ?> each : map.entrySet()) {
                    sum += sizeOf(each.getKey()) + sizeOf(each.getValue());
                }
                yield sum;
            }
            case null, default -> 0;
        };
    }
}
