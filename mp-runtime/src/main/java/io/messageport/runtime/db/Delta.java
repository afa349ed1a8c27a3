package io.messageport.runtime.db;

import io.messageport.Message;
import io.messageport.MessageMismatchException;
import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.List;

/**
 * Some changes of one owner, as they travel.
 *
 * @param feed the family, or empty for whole shards
 * @param asked the number under which the receiver asked for the family; 0 for whole shards
 * @param from what the receiver must have before: one that is further behind lacks something
 * @param upTo where the receiver stands when it has them; of the owner, its life and its number
 * @param retold the receiver is told all that is there, and this is the first part of it
 * @param complete nothing is left to be sent at present
 * @param changes in the order of their numbers
 */
record Delta(
        String feed, long asked, long from, Mark upTo, boolean retold, boolean complete, List<Change> changes) {
    static final String TAG = "dbd";

    /** Changes of one message. */
    static final int MOST_CHANGES = 200;

    private static final int RETOLD = 1;
    private static final int COMPLETE = 2;
    private static final int HEAD = 9;

    /** How much of the window it takes. */
    int weight() {
        int weight = 1;
        for (Change change : changes) {
            weight += change.weight();
        }
        return weight;
    }

    Object[] message() {
        Object[] values = new Object[HEAD + changes.size()];
        values[0] = TAG;
        values[1] = feed;
        values[2] = upTo.owner();
        values[3] = upTo.life();
        values[4] = upTo.number();
        values[5] = asked;
        values[6] = (retold ? RETOLD : 0) | (complete ? COMPLETE : 0);
        values[7] = from;
        values[8] = weight();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            values[HEAD + i] = change.isDeletion()
                    ? List.of(change.number(), 0L, change.family(), change.key())
                    : put(change);
        }
        return values;
    }

    private static List<Object> put(Change change) {
        List<Object> values = new ArrayList<>(5);
        values.add(change.number());
        values.add(change.version());
        values.add(change.family());
        values.add(change.key());
        values.add(change.value());
        return values;
    }

    /** How much of the window it takes, as its sender counts. */
    static int weightOf(Message message) {
        return Math.clamp(message.longValue(8), 0, Flow.WINDOW);
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is malformed, or a value must not be kept
     */
    static Delta of(Message message) {
        String feed = message.string(1);
        Mark upTo = new Mark(message.node(2), message.longValue(3), message.longValue(4));
        int flags = message.intValue(6);
        if (message.size() > HEAD + MOST_CHANGES) {
            throw new MessageMismatchException("more than " + MOST_CHANGES + " changes at once");
        }
        List<Change> changes = new ArrayList<>(message.size() - HEAD);
        for (int i = HEAD; i < message.size(); i++) {
            changes.add(change(Message.of(message.list(i).toArray()), feed, upTo.owner()));
        }
        return new Delta(feed, message.longValue(5), message.longValue(7), upTo, (flags & RETOLD) != 0,
                (flags & COMPLETE) != 0, changes);
    }

    private static Change change(Message values, String feed, NodeId owner) {
        long number = values.longValue(0);
        long version = values.longValue(1);
        String family = values.string(2);
        String key = values.string(3);
        boolean ofOwner = Names.isInternal(family) ? key.equals(owner.value()) : Names.isFamily(family);
        if (number < 1 || version < 0 || version > Change.GREATEST_VERSION || !ofOwner
                || !Names.isKey(key) || !feed.isEmpty() && !feed.equals(family)) {
            throw new MessageMismatchException("a change that no node makes: " + values);
        }
        if (version == 0) {
            return Change.deletion(number, family, key);
        }
        Values.Kept kept = Values.kept(values.get(4));
        return new Change(number, version, family, key, kept.value(), kept.size());
    }
}
