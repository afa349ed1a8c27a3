package io.messageport.transport.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.runtime.link.Transport.Dialed;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CFG-4")
class BindTest {
    @Test
    void shouldPublishAddressesThatAnswerWhenBoundToEverything() throws Exception {
        try (TestNode a = new TestNode("a");
                TestNode b = new TestNode("b")) {
            for (String bind : List.of("*", "0", "0.0.0.0:0")) {
                List<String> published = a.transport.listen(List.of(bind));
                assertTrue(!published.isEmpty());
                assertEquals(new Dialed.Connected(a.id),
                        b.transport.dial(published.getFirst()).toCompletableFuture().get());
            }
        }
    }

    @Test
    void shouldBindNothingWhenOneAddressIsTaken() throws Exception {
        try (TestNode a = new TestNode("a").listening();
                TestNode b = new TestNode("b");
                TestNode c = new TestNode("c")) {
            String taken = a.addresses.getFirst();
            String free = b.transport.listen(List.of("127.0.0.1")).getFirst();
            b.close();
            String text = assertThrows(IOException.class, () -> c.transport.listen(List.of(free, taken))).getMessage();
            assertTrue(text.startsWith("cannot listen on " + taken + ": "), text);
            assertEquals(List.of(free), c.transport.listen(List.of(free, free)));
        }
    }
}
