package io.messageport.face;

import io.messageport.Message;
import io.messageport.MessageMismatchException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

/**
 * What did not fit and where, on its way out of a conversion: each level it passes puts its step before the path.
 *
 * <p>Never leaves the package; it has no stack trace, because the text that is made of it tells the place in the data.
 */
final class Misfit extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 40;

    private final StringBuilder path = new StringBuilder();

    private Misfit(String statement, Throwable cause) {
        super(statement, cause, false, false);
    }

    /** A value of the wrong kind. */
    static Misfit of(String expected, Object found) {
        return new Misfit("should be " + expected + ", found " + show(found), null);
    }

    /** A value of the right kind that its parser or codec refused. */
    static Misfit of(String expected, Object found, RuntimeException why) {
        String text = why.getMessage() == null ? why.toString() : why.getMessage();
        return new Misfit("should be " + expected + ", found " + show(found) + " (" + text + ")", why);
    }

    /** Anything else, said of the place. */
    static Misfit saying(String statement, Throwable cause) {
        return new Misfit(statement, cause);
    }

    /** A value that no message can carry. */
    static Misfit unsendable(Object value) {
        return new Misfit(
                "is a " + value.getClass().getTypeName() + ", which no message can carry: " + Derivation.WORKS, null);
    }

    /** Puts a step before the path, such as {@code .name} or {@code [2]}. */
    Misfit at(String step) {
        path.insert(0, step);
        return this;
    }

    /** Whether some level between the value at fault and the catcher has named itself. */
    boolean isDeeper() {
        return !path.isEmpty();
    }

    /** The place under {@code root} and what is wrong there. */
    String text(String root) {
        return root + path + ' ' + getMessage();
    }

    /** For the reader of a message. */
    MessageMismatchException toMismatch(String root, Object[] values, int from) {
        Message message = Message.of(Arrays.copyOfRange(values, Math.min(from, values.length), values.length));
        return new MessageMismatchException(text(root) + "; message " + message, getCause());
    }

    /** For the sender of a value. */
    IllegalArgumentException toIllegalArgument(String root) {
        return new IllegalArgumentException(text(root), getCause());
    }

    /** A value for the eye: its type and a short text. */
    static String show(Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> "String \"" + cut(text) + '"';
            case byte[] bytes -> bytes.length + " bytes";
            case Collection<?> elements -> "a list of " + elements.size() + ' ' + cut(elements.toString());
            case Map<?, ?> entries -> "a map of " + entries.size() + ' ' + cut(entries.toString());
            default -> value.getClass().getSimpleName() + ' ' + cut(String.valueOf(value));
        };
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
