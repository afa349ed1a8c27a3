package io.messageport.transport.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.NodeId;
import io.messageport.transport.handshake.Refusal.Code;
import io.messageport.transport.tls.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conversation without sockets: who gets through, and every way not to. */
@Tag("CON-1")
class HandshakeTest {
    private static final String NONCE = "5a".repeat(Handshake.NONCE);
    private static final String GREETING =
            "messageport;1;b;hmac_sha256;msgpack;incarnation=0000000000000002;limit=4096";

    @Test
    @Tag("CON-3")
    void shouldLetTheSmallerNodeDecideWhoeverDialed() {
        for (Role dialer : Role.values()) {
            Talker a = new Talker(dialer, "a", 1, 1);
            Talker b = new Talker(dialer.other(), "b", 2, 2);
            Talker.talk(a, b);
            assertEquals(new Step.Decide(new Peer(NodeId.of("b"), 2, 4096), new Offered(7)), a.last);
            assertEquals(new Step.Accepted(new Peer(NodeId.of("a"), 1, 4096), 8, OptionalLong.empty()), b.last);
        }
    }

    @Test
    void shouldRecogniseItselfOnlyAfterTheProof() {
        Talker one = new Talker(Role.DIALER, "a", 1, 1);
        Talker other = new Talker(Role.LISTENER, "a", 1, 2);
        Talker.talk(one, other);
        assertEquals(new Step.Self(), one.last);
        assertEquals(new Step.Self(), other.last);
        Talker fooled = new Talker(Role.DIALER, "a", 1, 1);
        fooled.hear(one.said.getFirst());
        assertInstanceOf(Step.Continue.class, fooled.hear(NONCE));
        assertEquals(Code.SECRET_MISMATCH, refusal(fooled.hear("hmac_sha256;" + NONCE)).code());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET / HTTP/1.1                                                 | NOT_A_PEER        | not a messageport peer
            aemp;1;b;hmac_md6;json;                                        | NOT_A_PEER        | it speaks "aemp"
            messageport                                                    | MALFORMED         | a greeting of 1 fields
            messageport;2;b;hmac_sha256;msgpack;INC;limit=4096             | VERSION           | update the older one
            messageport;1;b;hmac_sha256                                    | MALFORMED         | a greeting of 4 fields
            messageport;1;b;cleartext;msgpack;INC;limit=4096               | NO_COMMON_AUTH    | offers "cleartext"
            messageport;1;b;hmac_sha256;json;INC;limit=4096                | NO_COMMON_FRAMING | offers "json"
            messageport;1;b;hmac_sha256;msgpack;limit=4096                 | MALFORMED         | no incarnation
            messageport;1;b;hmac_sha256;msgpack;incarnation=2;limit=4096   | MALFORMED         | not 16 hex digits
            messageport;1;b;hmac_sha256;msgpack;INC                        | MALFORMED         | no limit
            messageport;1;b;hmac_sha256;msgpack;INC;limit=9                | MALFORMED         | a message limit of 9 bytes
            messageport;1;b;hmac_sha256;msgpack;INC;limit=99999999999      | MALFORMED         | 99999999999
            messageport;1;b c;hmac_sha256;msgpack;INC;limit=4096           | MALFORMED         | illegal character
            messageport;1;;hmac_sha256;msgpack;INC;limit=4096              | MALFORMED         | neither empty
            """)
    void shouldRefuseGreetings(String line, Code code, String text) {
        Refusal refusal =
                refusal(new Talker(Role.LISTENER, "a", 1, 1).hear(line.replace("INC", "incarnation=0000000000000002")));
        assertEquals(code, refusal.code());
        assertTrue(refusal.text().contains(text), refusal.text());
    }

    @Test
    void shouldRefuseMalformedNonceProofOfferAndVerdict() {
        assertEquals(Code.MALFORMED, refusal(greeted().hear("12")).code());
        assertEquals(Code.MALFORMED, refusal(greeted().hear(NONCE.toUpperCase(java.util.Locale.ROOT))).code());
        Talker nonced = greeted();
        nonced.hear(NONCE);
        assertEquals(Code.MALFORMED, refusal(nonced.hear("cleartext;x")).code());
        Peer peer = new Peer(NodeId.of("b"), 2, 4096);
        for (String line : List.of("link", "link;", "link;1", "accept;0000000000000001", "LINK;0000000000000001", "")) {
            assertEquals(Code.MALFORMED, refusal(Handshake.step(new State.AwaitOffer(peer), line)).code());
        }
        for (String line : List.of("accept", "link;0000000000000001", "accept;xyz")) {
            assertEquals(Code.MALFORMED, refusal(Handshake.step(new State.AwaitVerdict(peer), line)).code());
        }
    }

    @Test
    void shouldLeaveRoomForKeysOfLaterVersions() {
        Talker a = new Talker(Role.LISTENER, "a", 1, 1);
        assertInstanceOf(Step.Continue.class,
                a.hear("messageport;1;b;tls,hmac_sha256;cbor,msgpack;new=1;incarnation=0000000000000002;limit=4096;x"));
        Peer peer = new Peer(NodeId.of("b"), 2, 4096);
        assertEquals(new Step.Decide(peer, new Offered(1)),
                Handshake.step(new State.AwaitOffer(peer), "link;0000000000000001;later=9"));
    }

    @Test
    void shouldTellTheOperatorWhatToDoWhenSecretsDiffer() {
        Talker a = new Talker(Role.DIALER, "a", 1, 1);
        Talker b = new Talker(Role.LISTENER, "b", 2, 2, Secret.of("another secret"), Optional.empty());
        Talker.talk(a, b);
        for (Talker side : List.of(a, b)) {
            String text = refusal(side.last).text();
            assertTrue(text.startsWith("secret mismatch") && text.contains("MESSAGEPORT_SECRET"), text);
        }
    }

    @Test
    @Tag("T-15")
    void shouldRefuseAnotherProcessWithTheSameNodeId() {
        Talker a = new Talker(Role.DIALER, "a", 1, 1);
        Talker b = new Talker(Role.LISTENER, "a", 2, 2);
        Talker.talk(a, b);
        assertEquals(Code.IN_USE, refusal(a.last).code());
        assertEquals(Code.IN_USE, refusal(b.last).code());
    }

    @Test
    void shouldRefuseAnAddressThatBelongsToAnotherNode() {
        Talker a = new Talker(Role.DIALER, "a", 1, 1, Talker.SECRET, Optional.of(NodeId.of("c")));
        Talker b = new Talker(Role.LISTENER, "b", 2, 2);
        Talker.talk(a, b);
        assertEquals(Code.WRONG_NODE, refusal(a.last).code());
        assertEquals(Code.WRONG_NODE, assertInstanceOf(Step.RefusedByPeer.class, b.last).refusal().code());
    }

    @Test
    void shouldCleanWhatAPeerSaysInItsRefusal() {
        Refusal refusal = Refusal.of("refuse;in_use;x\u001b[31m\n" + "y".repeat(1000));
        assertEquals(Code.IN_USE, refusal.code());
        assertTrue(refusal.text().startsWith("x.[31m.y") && refusal.text().length() <= 300, refusal.text());
        assertEquals(Code.OTHER, Refusal.of("refuse;whatever").code());
        assertEquals(Code.OTHER, Refusal.of("refuse;").code());
    }

    @Test
    @Tag("T-11")
    void shouldRefuseAnEchoAndAReflectedProof() {
        Talker a = new Talker(Role.DIALER, "a", 1, 1);
        a.hear(a.said.get(0));
        assertEquals(Code.ECHO, refusal(a.hear(a.said.get(1))).code());
        // Two connections of one node, spliced: both are dialers, so neither proof fits the other.
        Talker one = new Talker(Role.DIALER, "a", 1, 1);
        Talker two = new Talker(Role.DIALER, "b", 2, 2);
        Talker.talk(one, two);
        assertEquals(Code.SECRET_MISMATCH, refusal(one.last).code());
        assertEquals(Code.SECRET_MISMATCH, refusal(two.last).code());
    }

    @Test
    @Tag("T-11")
    void shouldRefuseARelayThatClaimsToBeAnotherNode() {
        // The relay, without the secret, tells a it is c, and lets the real b make the proof.
        Talker a = new Talker(Role.LISTENER, "a", 1, 1);
        Talker b = new Talker(Role.DIALER, "b", 2, 2);
        a.hear(b.said.get(0).replace(";b;", ";c;"));
        a.hear(b.said.get(1));
        b.hear(a.said.get(0));
        b.hear(a.said.get(1));
        assertEquals(Code.SECRET_MISMATCH, refusal(a.hear(b.said.get(2))).code());
    }

    @Test
    @Tag("T-13")
    void shouldRefuseARelayThatShowsCertificatesOfItsOwn() {
        Talker a = bound(Role.LISTENER, "a", Talker.SECRET, new Binding("aa", "mm", Optional.empty()));
        Talker b = bound(Role.DIALER, "b", Talker.SECRET, new Binding("bb", "mm", Optional.empty()));
        Talker.talk(a, b);
        assertEquals(Code.SECRET_MISMATCH, refusal(a.last).code());
        assertEquals(Code.SECRET_MISMATCH, refusal(b.last).code());
        // One side without TLS, the other with: somebody has stripped it.
        Talker plain = bound(Role.DIALER, "b", Talker.SECRET, Binding.PLAIN);
        Talker.talk(bound(Role.LISTENER, "a", Talker.SECRET, new Binding("aa", "bb", Optional.empty())), plain);
        assertEquals(Code.SECRET_MISMATCH, refusal(plain.last).code());
    }

    @Test
    @Tag("T-14")
    void shouldKnowNodesByTheirCertificatesWhenThereIsNoSecret() {
        Talker a = bound(Role.LISTENER, "a", Secret.none(), new Binding("aa", "bb", Optional.of(List.of("b"))));
        Talker b = bound(Role.DIALER, "b", Secret.none(), new Binding("bb", "aa", Optional.of(List.of("x", "a*"))));
        Talker.talk(a, b);
        assertInstanceOf(Step.Decide.class, a.last);
        assertInstanceOf(Step.Accepted.class, b.last);
        Talker c = bound(Role.DIALER, "c", Secret.none(), new Binding("bb", "aa", Optional.of(List.of("a"))));
        Talker fooled = bound(Role.LISTENER, "a", Secret.none(), new Binding("aa", "bb", Optional.of(List.of("b"))));
        Talker.talk(fooled, c);
        assertEquals(Code.WRONG_NAME, refusal(fooled.last).code());
        Talker secretive = bound(Role.DIALER, "b", Talker.SECRET, new Binding("bb", "aa", Optional.of(List.of("a"))));
        Talker.talk(bound(Role.LISTENER, "a", Secret.none(), new Binding("aa", "bb", Optional.of(List.of("b")))),
                secretive);
        assertEquals(Code.NO_COMMON_AUTH, refusal(secretive.last).code());
    }

    private static Talker bound(Role role, String node, Secret secret, Binding binding) {
        return new Talker(role, node, node.charAt(0), node.charAt(0), secret, Optional.empty(), binding);
    }

    @Test
    @Tag("T-12")
    void shouldRefuseEveryReplayAndSplice() {
        List<List<String>> recorded = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Talker a = new Talker(Role.DIALER, "a", 1, i);
            Talker.talk(a, new Talker(Role.LISTENER, "b", 2, 1000 + i));
            recorded.add(a.said.subList(0, 3));
        }
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            Talker b = new Talker(Role.LISTENER, "b", 2, 5000 + i);
            List<String> greeting = recorded.get(i % 100);
            List<String> proof = recorded.get(i / 100);
            b.hear(greeting.get(0));
            b.hear(greeting.get(1));
            refused += refusal(b.hear(proof.get(2))).code() == Code.SECRET_MISMATCH ? 1 : 0;
        }
        assertEquals(10_000, refused);
    }

    @Test
    @Tag("T-13")
    void shouldRefuseWhenAnyByteOfGreetingOrNonceIsAltered() {
        for (int line = 0; line < 2; line++) {
            int length = new Talker(Role.DIALER, "b", 2, 2).said.get(line).length();
            for (int at = 0; at < length; at++) {
                for (int bit = 0; bit < 7; bit++) {
                    Talker a = new Talker(Role.LISTENER, "a", 1, 1);
                    Talker b = new Talker(Role.DIALER, "b", 2, 2);
                    char[] altered = b.said.get(line).toCharArray();
                    altered[at] ^= (char) (1 << bit);
                    List<String> lines = new ArrayList<>(b.said);
                    lines.set(line, new String(altered));
                    a.hear(lines.get(0));
                    if (!a.isOver()) {
                        a.hear(lines.get(1));
                    }
                    b.hear(a.said.get(0));
                    b.hear(a.said.get(1));
                    if (!a.isOver()) {
                        a.hear(b.said.get(2));
                    }
                    assertInstanceOf(Step.Refused.class, a.last, "line " + line + " byte " + at + " bit " + bit);
                }
            }
        }
    }

    @Test
    @Tag("T-8")
    void shouldKnowStrangersByTheirFirstBytes() {
        assertStranger("GET / HTTP/1.1", "HTTP");
        assertStranger("SSH-2.0-x", "SSH");
        assertStranger("\u0016\u0003\u0001", "TLS");
        assertStranger("x", "not a messageport peer");
        assertFalse(isRefused("messageport;1"));
        assertFalse(isRefused("mess"));
        assertFalse(isRefused("refuse;x"));
    }

    @Test
    void shouldLimitLines() throws HandshakeException {
        byte[] longest = "x".repeat(Lines.LONGEST).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertEquals(-1, Lines.end(longest, 0, longest.length));
        byte[] longer = new byte[Lines.LONGEST + 1];
        java.util.Arrays.fill(longer, (byte) 'x');
        org.junit.jupiter.api.Assertions.assertThrows(HandshakeException.class,
                () -> Lines.end(longer, 0, longer.length));
        assertEquals(1, Lines.end(new byte[] {'a', '\n', 'b'}, 0, 3));
    }

    private static Talker greeted() {
        Talker a = new Talker(Role.LISTENER, "a", 1, 1);
        a.hear(GREETING);
        return a;
    }

    private static Refusal refusal(Step step) {
        return assertInstanceOf(Step.Refused.class, step).refusal();
    }

    private static void assertStranger(String first, String text) {
        byte[] bytes = first.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        try {
            Lines.begin(bytes, 0, bytes.length);
        } catch (HandshakeException e) {
            assertTrue(e.refusal().text().contains(text), e.refusal().text());
            return;
        }
        throw new AssertionError(first + " was not refused");
    }

    private static boolean isRefused(String first) {
        byte[] bytes = first.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        try {
            Lines.begin(bytes, 0, bytes.length);
            return false;
        } catch (HandshakeException e) {
            return true;
        }
    }
}
