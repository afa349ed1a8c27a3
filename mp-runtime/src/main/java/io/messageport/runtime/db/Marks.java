package io.messageport.runtime.db;

import io.messageport.Message;
import io.messageport.MessageMismatchException;
import java.util.ArrayList;
import java.util.List;

/** Reads the marks of a message. Pure. */
final class Marks {
    private static final int VALUES = 3;

    private Marks() {}

    /**
     * Those from an index on.
     *
     * @throws IllegalArgumentException when there are more than {@value Feeding#MOST_MARKS}, or they are malformed
     */
    static List<Mark> of(Message message, int from) {
        int values = Math.max(0, message.size() - from);
        if (values % VALUES != 0 || values > VALUES * Feeding.MOST_MARKS) {
            throw new MessageMismatchException("not a number of marks: " + values + " values");
        }
        List<Mark> marks = new ArrayList<>(values / VALUES);
        for (int i = from; i < message.size(); i += VALUES) {
            marks.add(new Mark(message.node(i), message.longValue(i + 1), message.longValue(i + 2)));
        }
        return marks;
    }
}
