package io.messageport.transport.handshake;

import io.messageport.NodeId;
import io.messageport.transport.handshake.Refusal.Code;
import java.util.List;

/** The first line: protocol, version, node ID, ways to authenticate, framings, and keys ({@code CON-1}). */
final class Greeting {
    static final String PROTOCOL = "messageport";
    static final String VERSION = "1";
    static final String FRAMING = "msgpack";

    private static final int LEAST_LIMIT = 1024;

    private Greeting() {}

    static String line(Peer self, String auth) {
        String line = String.join(";", PROTOCOL, VERSION, self.node().value(), auth, FRAMING,
                "incarnation=" + Hex.of(self.incarnation()), "limit=" + self.messageLimit());
        return self.resumes() ? line + ";resume=1" : line;
    }

    /** Who says so, not yet proved. */
    static Peer parse(String line, String auth) throws HandshakeException {
        String[] fields = line.split(";", -1);
        if (!fields[0].equals(PROTOCOL)) {
            throw new HandshakeException(Code.NOT_A_PEER, "not a messageport peer, it speaks \""
                    + Refusal.printable(fields[0]) + '"');
        }
        if (fields.length > 1 && !fields[1].equals(VERSION)) {
            throw new HandshakeException(Code.VERSION, "the peer speaks version " + Refusal.printable(fields[1])
                    + " of the protocol, this node version " + VERSION + "; update the older one");
        }
        if (fields.length < 5) {
            throw new HandshakeException(Code.MALFORMED, "a greeting of " + fields.length + " fields");
        }
        common(Code.NO_COMMON_AUTH, "authentication", auth, fields[3]);
        common(Code.NO_COMMON_FRAMING, "framing", FRAMING, fields[4]);
        return peer(fields);
    }

    private static void common(Code code, String what, String ours, String offered) throws HandshakeException {
        if (!List.of(offered.split(",")).contains(ours)) {
            throw new HandshakeException(code, "no common " + what + ": the peer offers \"" + Refusal.printable(offered)
                    + "\", this node \"" + ours + '"');
        }
    }

    private static Peer peer(String[] fields) throws HandshakeException {
        try {
            long incarnation = Hex.toLong(key(fields, "incarnation"));
            int limit = Integer.parseInt(key(fields, "limit"));
            if (limit < LEAST_LIMIT) {
                throw new HandshakeException(Code.MALFORMED, "a message limit of " + limit + " bytes");
            }
            return new Peer(NodeId.of(fields[2]), incarnation, limit, List.of(fields).contains("resume=1"));
        } catch (IllegalArgumentException e) {
            throw new HandshakeException(Code.MALFORMED, "a malformed greeting: " + Refusal.printable(e.getMessage()));
        }
    }

    private static String key(String[] fields, String name) {
        for (int i = 5; i < fields.length; i++) {
            if (fields[i].startsWith(name + '=')) {
                return fields[i].substring(name.length() + 1);
            }
        }
        throw new IllegalArgumentException("no " + name);
    }
}
