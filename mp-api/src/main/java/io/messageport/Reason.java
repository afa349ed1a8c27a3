package io.messageport;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Why a port died, as told to everyone who monitors it: a list of values, of which the empty list means normal.
 *
 * <p>The sealed kinds name what the engine itself reports; {@link Custom} is every other list. Kind and list are two
 * faces of one value: {@code Reason.of(r.values()).equals(r)} holds for each reason, on either side of a network.
 */
public sealed interface Reason {

    /** The list form, as it crosses the network; unmodifiable, elements may be null. */
    List<Object> values();

    /** Whether the port ended normally: links ignore it, nothing is logged. */
    default boolean isNormal() {
        return false;
    }

    /**
     * Whether the port ended in good order: normally, or because it was told to, which is what a reason says whose first
     * value is {@code "shutdown"}. A TRANSIENT child that ends so is not restarted.
     */
    default boolean isOrderly() {
        List<Object> values = values();
        return values.isEmpty() || "shutdown".equals(values.get(0));
    }

    /** The reason that says nothing went wrong. */
    static Reason normal() {
        return Normal.INSTANCE;
    }

    /** The reason with this list form; no values at all is {@link Normal}, one reason alone is that reason. */
    static Reason of(Object... values) {
        Objects.requireNonNull(values, "a reason is a list of values, not null; no values mean a normal end");
        if (values.length == 1 && values[0] instanceof Reason reason) {
            return reason;
        }
        return of(Collections.unmodifiableList(Arrays.asList(values.clone())));
    }

    /** The reason with this list form; the empty list is {@link Normal}. */
    static Reason of(List<?> values) {
        Reason known = known(values);
        return known != null ? known : new Custom(Collections.unmodifiableList(values));
    }

    /** The kind that the engine reports with this list, or null. */
    private static Reason known(List<?> values) {
        return switch (values.size()) {
            case 0 -> Normal.INSTANCE;
            case 2 -> knownPair(values.get(0), values.get(1));
            case 3 -> knownTriple(values.get(0), values.get(1), values.get(2));
            default -> null;
        };
    }

    private static Reason knownPair(Object kind, Object detail) {
        if (Died.KIND.equals(kind) && detail instanceof String text) {
            return new Died(text);
        }
        if (Unhandled.KIND.equals(kind) && detail instanceof String text) {
            return new Unhandled(text);
        }
        if (MailboxOverflow.KIND.equals(kind) && isWhole(detail)) {
            return new MailboxOverflow(((Number) detail).longValue());
        }
        return null;
    }

    private static Reason knownTriple(Object kind, Object first, Object second) {
        if (NoSuchPort.KIND.equals(kind) && first instanceof String text && second instanceof PortId port) {
            return new NoSuchPort(text, port);
        }
        if (TransportError.KIND.equals(kind) && first instanceof String node && second instanceof String text) {
            return new TransportError(node, text);
        }
        return null;
    }

    private static boolean isWhole(Object value) {
        return value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
    }

    /** A normal end: the empty list. */
    record Normal() implements Reason {
        private static final Normal INSTANCE = new Normal();

        @Override
        public List<Object> values() {
            return List.of();
        }

        @Override
        public boolean isNormal() {
            return true;
        }

        @Override
        public String toString() {
            return "normal";
        }
    }

    /**
     * An exception left a handler, a thread body or an init function ({@code RCV-6}).
     *
     * @param text what was thrown, without trailing line ends
     */
    record Died(String text) implements Reason {
        static final String KIND = "die";

        /** The reason for what was thrown: its class and message, trailing line ends stripped. */
        public static Died of(Throwable thrown) {
            return new Died(text(thrown).replaceAll("[\\r\\n]+$", ""));
        }

        /** An exception may fail to describe itself; its class never does. */
        private static String text(Throwable thrown) {
            try {
                String text = thrown.toString();
                return text != null ? text : thrown.getClass().getName();
            } catch (RuntimeException | Error speechless) {
                return thrown.getClass().getName();
            }
        }

        @Override
        public List<Object> values() {
            return List.of(KIND, text);
        }

        @Override
        public String toString() {
            return show(values());
        }
    }

    /**
     * A message matched no handler and the port had no default handler ({@code RCV-1}).
     *
     * @param text names the tag
     */
    record Unhandled(String text) implements Reason {
        static final String KIND = "unhandled_message";

        @Override
        public List<Object> values() {
            return List.of(KIND, text);
        }

        @Override
        public String toString() {
            return show(values());
        }
    }

    /**
     * Nothing lives under the ID ({@code MON-3}).
     *
     * @param text what was attempted
     * @param port the ID
     */
    record NoSuchPort(String text, PortId port) implements Reason {
        static final String KIND = "no_such_port";

        /** The reason a monitor on a nonexistent port fires with. */
        public static NoSuchPort monitored(PortId port) {
            return new NoSuchPort("cannot monitor nonexistent port", port);
        }

        @Override
        public List<Object> values() {
            return List.of(KIND, text, port);
        }

        @Override
        public String toString() {
            return show(values());
        }
    }

    /**
     * The node was lost; the port may live on ({@code MON-4}).
     *
     * @param node the node ID that was lost, as text
     * @param text how it was lost
     */
    record TransportError(String node, String text) implements Reason {
        static final String KIND = "transport_error";

        @Override
        public List<Object> values() {
            return List.of(KIND, node, text);
        }

        @Override
        public String toString() {
            return show(values());
        }
    }

    /**
     * The mailbox was full and the port's policy is to die ({@code BND-1}).
     *
     * @param depth messages waiting at that moment
     */
    record MailboxOverflow(long depth) implements Reason {
        static final String KIND = "mailbox_overflow";

        @Override
        public List<Object> values() {
            return List.of(KIND, depth);
        }

        @Override
        public String toString() {
            return show(values());
        }
    }

    /**
     * Any other list: what a user passed to {@code kill}. Equal when the values are, byte arrays by content.
     *
     * @param values at least one value, and not the list of another kind: {@link Reason#of(List)} tells them apart
     */
    record Custom(List<Object> values) implements Reason {
        /**
         * Takes a private copy.
         *
         * @throws IllegalArgumentException when this is the list of another kind
         */
        public Custom {
            values = Collections.unmodifiableList(Arrays.asList(values.toArray()));
            Reason known = known(values);
            if (known != null) {
                throw new IllegalArgumentException("the list (" + show(values) + ") is the reason "
                        + known.getClass().getSimpleName() + ": make reasons of lists with Reason.of");
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Custom that && Arrays.deepEquals(values.toArray(), that.values.toArray());
        }

        @Override
        public int hashCode() {
            return Arrays.deepHashCode(values.toArray());
        }

        @Override
        public String toString() {
            return show(values);
        }
    }

    private static String show(List<?> values) {
        StringBuilder text = new StringBuilder();
        for (Object value : values) {
            text.append(text.isEmpty() ? "" : ": ")
                    .append(value instanceof byte[] bytes ? bytes.length + " bytes" : value);
        }
        return text.toString();
    }
}
