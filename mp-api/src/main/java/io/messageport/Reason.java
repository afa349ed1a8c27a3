package io.messageport;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

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

    /** The reason that says nothing went wrong. */
    static Reason normal() {
        return Normal.INSTANCE;
    }

    /** The reason with this list form; no values at all is {@link Normal}. */
    static Reason of(Object... values) {
        return of(Collections.unmodifiableList(Arrays.asList(values.clone())));
    }

    /** The reason with this list form; the empty list is {@link Normal}. */
    static Reason of(List<?> values) {
        if (values.isEmpty()) {
            return Normal.INSTANCE;
        }
        Object kind = values.get(0);
        if (values.size() == 2 && Died.KIND.equals(kind) && values.get(1) instanceof String text) {
            return new Died(text);
        }
        if (values.size() == 2 && Unhandled.KIND.equals(kind) && values.get(1) instanceof String text) {
            return new Unhandled(text);
        }
        if (values.size() == 3 && NoSuchPort.KIND.equals(kind) && values.get(1) instanceof String text
                && values.get(2) instanceof PortId port) {
            return new NoSuchPort(text, port);
        }
        if (values.size() == 3 && TransportError.KIND.equals(kind) && values.get(1) instanceof String node
                && values.get(2) instanceof String text) {
            return new TransportError(node, text);
        }
        if (values.size() == 2 && MailboxOverflow.KIND.equals(kind) && values.get(1) instanceof Number depth) {
            return new MailboxOverflow(depth.longValue());
        }
        return new Custom(Collections.unmodifiableList(values));
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
            return new Died(thrown.toString().replaceAll("[\\r\\n]+$", ""));
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
     * Any other list: what a user passed to {@code kill}.
     *
     * @param values at least one value
     */
    record Custom(List<Object> values) implements Reason {
        /** Takes a private copy. */
        public Custom {
            values = Collections.unmodifiableList(Arrays.asList(values.toArray()));
        }

        @Override
        public String toString() {
            return show(values);
        }
    }

    private static String show(List<?> values) {
        StringBuilder text = new StringBuilder();
        for (Object value : values) {
            text.append(text.isEmpty() ? "" : ": ").append(value);
        }
        return text.toString();
    }
}
