import static org.junit.jupiter.api.Assertions.assertEquals;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.testkit.MpTest;
import io.messageport.testkit.Probe;

class GreeterTest {
    @MpTest(nodes = 2)
    void greetsAcrossNodes(Node a, Node b, Probe probe) {
        Port greeter = b.port();
        greeter.on("greet", message -> greeter.send(message.port(1), "hello", message.string(0)));
        probe.send(greeter.id(), "greet", "world", probe.id());
        assertEquals("world", probe.expect("hello").string(0));
    }
}
