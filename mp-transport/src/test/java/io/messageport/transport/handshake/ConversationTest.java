package io.messageport.transport.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The conversation printed in docs/protocol.md is the one that takes place. */
@Tag("CON-1")
class ConversationTest {
    @Test
    void shouldSayWhatTheProtocolTextPrints() throws IOException {
        Talker a = new Talker(Role.DIALER, "a", 1, 1);
        Talker b = new Talker(Role.LISTENER, "b", 2, 2);
        Talker.talk(a, b);
        List<String> both = new ArrayList<>();
        a.said.forEach(line -> both.add("a: " + line));
        b.said.forEach(line -> both.add("b: " + line));
        List<String> printed;
        try (Stream<String> lines = Files.lines(Path.of("../docs/protocol.md"))) {
            printed =
                    lines.map(String::strip).filter(line -> line.startsWith("a: ") || line.startsWith("b: ")).toList();
        }
        assertEquals(both.stream().sorted().toList(), printed.stream().sorted().toList());
        assertTrue(printed.size() == 8, "four lines each");
    }
}
