package io.messageport.transport.handshake;

import io.messageport.transport.handshake.Refusal.Code;

/** Cuts bytes into handshake lines: ended by a line feed, printable ASCII, at most {@link #LONGEST} bytes. */
public final class Lines {
    /** Most bytes of a line, its end not counted ({@code CON-1}). */
    public static final int LONGEST = 4096;

    private Lines() {}

    /**
     * Finds the end of the line that begins at {@code from}.
     *
     * @return the index of its line feed, or -1 while it has not arrived
     * @throws HandshakeException when no acceptable line can come of these bytes, however many follow
     */
    public static int end(byte[] array, int from, int to) throws HandshakeException {
        for (int i = from; i < to; i++) {
            if (array[i] == '\n') {
                return i;
            }
            if (array[i] < 0x20 || array[i] == 0x7f) {
                throw new HandshakeException(Code.MALFORMED, "a handshake line has byte 0x"
                        + Integer.toHexString(array[i] & 0xff) + " in it");
            }
            if (i - from >= LONGEST) {
                throw new HandshakeException(Code.MALFORMED, "a handshake line is longer than " + LONGEST + " bytes");
            }
        }
        return -1;
    }

    /**
     * Looks at the first bytes of a connection, which every peer of ours begins alike, so that a visitor from elsewhere
     * need not be waited for ({@code T-8}).
     *
     * @throws HandshakeException when they cannot begin a greeting or a refusal
     */
    public static void begin(byte[] array, int from, int to) throws HandshakeException {
        if (!matches(Greeting.PROTOCOL + ';', array, from, to) && !matches("refuse;", array, from, to)) {
            throw new HandshakeException(Code.NOT_A_PEER, "not a messageport peer" + guess(array, from, to));
        }
    }

    private static boolean matches(String wanted, byte[] array, int from, int to) {
        for (int i = 0; i < wanted.length() && from + i < to; i++) {
            if (array[from + i] != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static String guess(byte[] array, int from, int to) {
        int first = array[from];
        if (first == 0x16) {
            return "; it looks like a TLS client: if it is a node, then give both the same NodeConfig.tls";
        }
        for (String verb : new String[] {"GET ", "POST", "HEAD", "PUT ", "OPTI", "HTTP", "PRI ", "CONN", "DELE"}) {
            if (matches(verb, array, from, to) && to - from >= verb.length()) {
                return "; it looks like HTTP";
            }
        }
        return matches("SSH-", array, from, to) && to - from >= 4 ? "; it looks like SSH" : "";
    }
}
