package io.messageport.transport.handshake;

import java.util.Locale;

/**
 * Why a socket is not going to be used.
 *
 * @param code for programs
 * @param text for the operator: what happened and what to do
 */
public record Refusal(Code code, String text) {
    private static final int LONGEST = 300;

    /** Kinds of refusal; the names in lower case are the words on the wire. */
    public enum Code {
        /** What arrived is not this protocol at all. */
        NOT_A_PEER,
        /** The peer speaks another version of it. */
        VERSION,
        /** A line is malformed, too long or out of place. */
        MALFORMED,
        /** Our own lines came back. */
        ECHO,
        /** No authentication both sides know. */
        NO_COMMON_AUTH,
        /** No framing both sides know. */
        NO_COMMON_FRAMING,
        /** The proof is wrong. */
        SECRET_MISMATCH,
        /** The peer talks without TLS, and this node only with it. */
        TLS_REQUIRED,
        /** The peer's certificate is for another node. */
        WRONG_NAME,
        /** The address belongs to another node than the one wanted. */
        WRONG_NODE,
        /** Another living process has this node ID ({@code CON-3}). */
        IN_USE,
        /** The two nodes are connected by another socket already; nothing is wrong. */
        DUPLICATE,
        /** The node is closing. */
        SHUTTING_DOWN,
        /** A code that this version does not know. */
        OTHER;

        /** The word on the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Code of(String word) {
            for (Code code : values()) {
                if (code.word().equals(word)) {
                    return code;
                }
            }
            return OTHER;
        }
    }

    /** The line that tells the peer; printable, one line, cut. */
    public String line() {
        return "refuse;" + code.word() + ';' + printable(text);
    }

    /** Reads {@link #line}; the text is cleaned of everything that could forge a log line. */
    static Refusal of(String line) {
        String[] fields = line.split(";", 3);
        Code code = fields.length > 1 ? Code.of(fields[1]) : Code.OTHER;
        return new Refusal(code, fields.length > 2 ? printable(fields[2]) : "no reason given");
    }

    /** Text from a stranger as it may stand in a log: printable ASCII, cut. */
    public static String printable(String text) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < text.length() && i < LONGEST; i++) {
            char c = text.charAt(i);
            clean.append(c >= 0x20 && c < 0x7f ? c : '.');
        }
        return clean.toString();
    }
}
