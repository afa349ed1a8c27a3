package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.messageport.Message;
import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.PortId;
import io.messageport.Reason;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@MpTest(nodes = 2)
record SendAcrossNodesTest(TestNodes nodes, Node a, Node b, Probe there) {
    record Greeting(String text, PortId from, int number) {}

    @Test
    @Tag("SND-1")
    @Tag("SND-3")
    void shouldReachTheOtherNodeWhenSentBeforeTheyAreConnected() {
        a.port("echo").on("hello", message -> a.send(message.port(1), "answer", message.get(0)));
        Node c = nodes.start("c", settings -> settings.seed(TestNodes.addresses(a)));
        Probe here = Probe.on(c);
        c.send(new PortId(a.id(), "echo"), "hello", 17, here.id());
        assertEquals(Message.of(17L), here.expect("answer"));
    }

    @Test
    @Tag("SND-4")
    @Tag("RCV-8")
    void shouldArriveInTheOrderOfSendingWhenManyAreSent() {
        for (int i = 0; i < 20_000; i++) {
            b.send(there.id(), "n", i);
        }
        for (int i = 0; i < 20_000; i++) {
            assertEquals(i, there.expect("n").intValue(0));
        }
    }

    @Test
    @Tag("SND-4")
    void shouldReplyBothWaysWhenTwoPortsTalk() {
        Probe here = Probe.on(b);
        for (int i = 0; i < 200; i++) {
            there.send(here.id(), "ping", i);
            assertEquals(i, here.expect("ping").intValue(0));
            here.send(there.id(), "pong", i);
            assertEquals(i, there.expect("pong").intValue(0));
        }
    }

    @Test
    @Tag("SND-1")
    void shouldGiveTheRecordBackWhenOneIsSent() {
        Greeting greeting = new Greeting("hello", there.id(), 7);
        b.send(there.id(), greeting);
        b.send(there.id(), "greeting", "hello", there.id(), 7);
        assertEquals(greeting, there.expect(Greeting.class));
        assertEquals(greeting, there.expect(Greeting.class));
    }

    @Test
    @Tag("SND-1")
    void shouldThrowAtTheSenderAndSendNothingWhenAMessageCannotCross() {
        assertThrows(IllegalArgumentException.class, () -> b.send(there.id(), "x", new Object()));
        assertThrows(IllegalArgumentException.class, () -> b.send(there.id(), "x", new byte[65 << 20]));
        b.send(there.id(), "next");
        there.expect("next");
    }

    @Test
    @Tag("SND-2")
    void shouldBeDroppedQuietlyWhenThePortIsDeadOnALiveNode() {
        b.send(new PortId(a.id(), "nobody"), "lost");
        b.send(there.id(), "next");
        there.expect("next");
    }

    @Test
    @Tag("SND-1")
    void shouldArriveAsAValueWhenAnAddressIsSentAlone() {
        b.send(there.id(), there.id());
        b.send(there.id(), a.id());
        assertEquals(Message.of(there.id()), there.next());
        assertEquals(Message.of(a.id()), there.next());
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(true, true),
                Arguments.of((byte) -1, -1L),
                Arguments.of((short) 300, 300L),
                Arguments.of(Integer.MIN_VALUE, (long) Integer.MIN_VALUE),
                Arguments.of(Long.MAX_VALUE, Long.MAX_VALUE),
                Arguments.of(Long.MIN_VALUE, Long.MIN_VALUE),
                Arguments.of(BigInteger.TWO.pow(63), BigInteger.TWO.pow(63)),
                Arguments.of(1.5f, 1.5f),
                Arguments.of(Double.MIN_VALUE, Double.MIN_VALUE),
                Arguments.of(Double.NaN, Double.NaN),
                Arguments.of("", ""),
                Arguments.of("Grüße, 世界 \ud83d\ude00", "Grüße, 世界 \ud83d\ude00"),
                Arguments.of("x".repeat(100_000), "x".repeat(100_000)),
                Arguments.of(PortId.of("n/1:2.x#p#q"), PortId.of("n/1:2.x#p#q")),
                Arguments.of(PortId.of("n"), PortId.of("n")),
                Arguments.of(NodeId.of("some/node"), NodeId.of("some/node")),
                Arguments.of(Instant.ofEpochSecond(-5, 999_999_999), Instant.ofEpochSecond(-5, 999_999_999)),
                Arguments.of(Duration.ofSeconds(-1, 5), Duration.ofSeconds(-1, 5)),
                Arguments.of(new UUID(1, -2), new UUID(1, -2)),
                Arguments.of(List.of(), List.of()),
                Arguments.of(List.of(1, List.of("a"), Map.of()), List.of(1L, List.of("a"), Map.of())),
                Arguments.of(Map.of("k", List.of(2), 3, "v"), Map.of("k", List.of(2L), 3L, "v")),
                Arguments.of(Thread.State.BLOCKED, "BLOCKED"),
                Arguments.of(Reason.of("die", "why"), List.of("die", "why")));
    }

    @ParameterizedTest
    @MethodSource("values")
    @Tag("SND-1")
    void shouldKeepEveryKindOfValueWhenItCrosses(Object sent, Object arrives) {
        b.send(there.id(), "v", sent, Arrays.asList(sent, null));
        Message message = there.expect("v");
        assertEquals(arrives, message.get(0));
        assertEquals(Arrays.asList(arrives, null), message.get(1));
    }

    @Test
    @Tag("SND-1")
    void shouldKeepNullAndBytesAndRecordsInsideWhenTheyCross() {
        byte[] bytes = {0, -1, 127};
        b.send(there.id(), "v", null, bytes, new byte[0], new Greeting("g", there.id(), 1));
        Message message = there.expect("v");
        assertNull(message.get(0));
        assertArrayEquals(bytes, message.bytes(1));
        assertArrayEquals(new byte[0], message.bytes(2));
        assertEquals("g", message.list(3).get(message.list(3).size() - 3));
    }
}
