package io.messageport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a configuration takes and refuses. */
class NodeConfigTest {
    private static Arguments row(UnaryOperator<NodeConfig.Builder> change, String text) {
        return arguments(change, text);
    }

    static Stream<Arguments> outOfRange() {
        Duration minus = Duration.ofMillis(-1);
        return Stream.of(
                row(b -> b.monitorTimeout(Duration.ZERO), "monitorTimeout must be longer than nothing, not PT0S"),
                row(b -> b.connectInterval(minus), "connectInterval must be longer than nothing, not PT-0.001S"),
                row(b -> b.handshakeTimeout(Duration.ZERO), "handshakeTimeout must be longer than nothing, not PT0S"),
                row(b -> b.heartbeatInterval(minus), "heartbeatInterval must be longer than nothing, not PT-0.001S"),
                row(b -> b.silenceLimit(Duration.ZERO), "silenceLimit must be longer than nothing, not PT0S"),
                row(b -> b.callTimeout(Duration.ZERO), "callTimeout must be longer than nothing, not PT0S"),
                row(b -> b.resumeWindow(Duration.ofMillis(-1)), "resumeWindow must not be negative: PT-0.001S"),
                row(b -> b.messageLimit(1023), "messageLimit must be at least 1024, not 1023"),
                row(b -> b.outboundLimit(0), "outboundLimit must be at least 1024, not 0"),
                row(b -> b.mailboxCapacity(0), "mailboxCapacity must be at least 1, not 0"),
                row(
                        b -> b.silenceLimit(Duration.ofSeconds(3)),
                        "silenceLimit PT3S must be longer than heartbeatInterval PT3S, or every idle connection would be"
                                + " taken for dead"),
                row(b -> b.secret("1234567"), "the secret has 7 characters; use at least 8, better 32 random ones"),
                row(
                        b -> b.spawnable("session", (self, args) -> {}),
                        "the spawnable name \"session\" must contain a dot, such as \"chat.session\" (SPN-1)"));
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    @Tag("CFG-5")
    @Tag("T-17")
    void shouldNameValueWhenItIsOutOfRange(UnaryOperator<NodeConfig.Builder> change, String text) {
        NodeConfig.Builder builder = change.apply(NodeConfig.builder());
        assertEquals(
                text, assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }

    @Test
    void shouldNameValueWhenItIsNull() {
        NodeConfig.Builder builder = NodeConfig.builder().callTimeout(null);
        assertEquals("callTimeout must be given, not null",
                assertThrows(NullPointerException.class, builder::build).getMessage());
        NodeConfig.Builder unfiltered = NodeConfig.builder().spawnFilter(null);
        assertEquals("spawnFilter", assertThrows(NullPointerException.class, unfiltered::build).getMessage());
    }

    @Test
    @Tag("CFG-5")
    void shouldTakeTheLeastAllowed() {
        NodeConfig config = NodeConfig.builder()
                .messageLimit(1024)
                .outboundLimit(1024)
                .mailboxCapacity(1)
                .heartbeatInterval(Duration.ofNanos(1))
                .silenceLimit(Duration.ofNanos(2))
                .secret("12345678")
                .build();
        assertEquals(1024, config.messageLimit());
        assertEquals(Optional.of("12345678"), config.secret());
    }

    @Test
    @Tag("CFG-5")
    void shouldHaveDefaults() {
        NodeConfig config = NodeConfig.builder().build();
        assertEquals("%n/%u", config.nodeId());
        assertEquals(List.of(), config.binds());
        assertEquals(Duration.ofSeconds(30), config.monitorTimeout());
        assertEquals(Duration.ofSeconds(2), config.connectInterval());
        assertEquals(Duration.ofSeconds(10), config.handshakeTimeout());
        assertEquals(Duration.ofSeconds(3), config.heartbeatInterval());
        assertEquals(Duration.ofSeconds(10), config.silenceLimit());
        assertEquals(Duration.ofSeconds(30), config.callTimeout());
        assertEquals(64 << 20, config.messageLimit());
        assertEquals(Duration.ofSeconds(5), config.resumeWindow());
        assertEquals(8 << 20, config.outboundLimit());
        assertEquals(1 << 20, config.mailboxCapacity());
        assertTrue(config.spawnFilter().test(NodeId.of("n"), "x.y"));
    }

    @Test
    void shouldNotChangeWhenItsBuilderDoes() {
        NodeConfig.Builder builder = NodeConfig.builder().bind("*:0");
        NodeConfig config = builder.build();
        builder.bind("*:1").seed("h:1").nodeId("other");
        assertEquals(List.of("*:0"), config.binds());
        assertEquals(List.of(), config.seeds());
        assertEquals("%n/%u", config.nodeId());
    }

    @Test
    void shouldGivePartByItsType() {
        NodeConfig config =
                NodeConfig.builder().extension(CharSequence.class, "part").build();
        assertEquals(Optional.of("part"), config.extension(CharSequence.class));
        assertEquals(Optional.empty(), config.extension(String.class));
    }

    @Test
    void shouldNotShowSecretWhenPrinted() {
        String text = NodeConfig.builder().secret("do not tell").bind("*:0").build().toString();
        assertFalse(text.contains("do not tell"), text);
        assertTrue(text.startsWith("NodeConfig[nodeId=%n/%u, secret=given, tls=Automatic[], binds=[*:0], "), text);
    }

    @Test
    @Tag("CFG-4")
    @Tag("SEED-2")
    void shouldRefuseToAdvertiseWithoutListeningAndToForgetAtOnce() {
        NodeConfig.Builder deaf = NodeConfig.builder().advertise("chat.example:4040");
        assertTrue(assertThrows(IllegalArgumentException.class, deaf::build).getMessage().contains("give it a bind"));
        assertEquals(List.of("chat.example:4040"), deaf.bind("*:4040").build().advertised());
        NodeConfig.Builder hasty = NodeConfig.builder().idleLimit(Duration.ofMillis(999));
        assertThrows(IllegalArgumentException.class, hasty::build);
        assertThrows(IllegalArgumentException.class, () -> hasty.idleLimit(Duration.ofSeconds(-1)).build());
        assertEquals(Duration.ZERO, hasty.idleLimit(Duration.ZERO).build().idleLimit());
        assertEquals(1, NodeConfig.builder().seeds(() -> List.of("a:1")).build().seedSources().size());
    }
}
