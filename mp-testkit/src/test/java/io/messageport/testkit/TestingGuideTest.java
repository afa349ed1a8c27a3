package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Message;
import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the code of docs/testing.md, and sees to it that the page shows no other. */
class TestingGuideTest {
    private static final List<Path> SOURCES = List.of(
            Path.of("src", "test", "java", "io", "messageport", "testkit", "TestingGuideTest.java"),
            Path.of("..", "examples", "testing", "src", "test", "java", "GreeterTest.java"),
            Path.of("..", "examples", "testing", "src", "test", "java", "auction", "AuctionTest.java"),
            Path.of("..", "examples", "testing", "src", "test", "java", "auction", "House.java"));

    record Said(String by, String text) {}

    @MpTest(nodes = 2)
    record EchoTest(Node a, Node b, @At("b") Probe probe) {
        @Test
        void shouldAnswer() {
            Port echo = a.port();
            echo.on("say", message -> echo.send(probe.id(), "said", message.get(0)));
            b.send(echo.id(), "say", "hello");
            assertEquals("hello", probe.expect("said").string(0));
        }
    }

    @Test
    void shouldRunTheShortClass() {
        assertEquals(new InnerTests(1, List.of()), InnerTests.run(EchoTest.class));
    }

    /** A room that says what the page expects. */
    private static PortId room(Node node) {
        Port room = node.port("room").ignoreUnmatched();
        room.on("count", message -> room.reply(1));
        return room.on("join", message -> {
            PortId guest = message.port(0);
            room.send(guest, "welcome");
            room.send(guest, new Said("bob", "hi"));
            room.send(guest, "two", "values");
            room.send(guest, new Said("ann", "hi"));
            room.send(guest, "late");
            room.send(guest, new Said("bob", "bye"));
            room.send(guest, "first");
            room.send(guest, "last");
        }).id();
    }

    @MpTest
    void shouldRunTheExpectations(Node node, Probe probe) throws Exception {
        PortId room = room(node);
        // @formatter:off  comments stand in a column
        probe.send(room, "join", probe.id());
        probe.expect("welcome");                                        // a tag
        assertEquals(new Said("bob", "hi"), probe.expect(Said.class));  // a record
        probe.expect(message -> message.size() == 2);                   // a test of your own
        Message late = probe.awaitMatching("late");                     // whatever came before it
        // @formatter:on
        assertTrue(late.isEmpty());

        probe.within(Duration.ofSeconds(2), () -> {
            probe.expectAll(Expected.tag("first"), Expected.equalTo(new Said("bob", "bye")),
                    Expected.type(Said.class).and("by ann", said -> said.by().equals("ann")));
            probe.expect("last");
        });

        try (PinningGuard guard = PinningGuard.start()) {
            node.call(room, "count").await();
        }

        probe.watch(room);
        node.kill(room, "closing time");
        probe.expectDown(room, Reason.of("closing time"));
        probe.expectNone(Duration.ofMillis(50));
    }

    @Test
    void shouldShowNoOtherCodeThanThis() throws IOException {
        List<String> sources = new ArrayList<>();
        for (Path source : SOURCES) {
            sources.add(lines(Files.readString(source)));
        }
        String[] blocks = Files.readString(Path.of("..", "docs", "testing.md")).split("```java\n");
        assertTrue(blocks.length > 5, "the page has lost its code");
        for (int i = 1; i < blocks.length; i++) {
            String block = lines(blocks[i].substring(0, blocks[i].indexOf("```")));
            assertTrue(sources.stream().anyMatch(source -> source.contains(block)), () -> "in no test:\n" + block);
        }
    }

    /** Without indents and ends of lines that differ. */
    private static String lines(String text) {
        return String.join("\n", text.lines().map(String::strip).toList()).strip();
    }
}
