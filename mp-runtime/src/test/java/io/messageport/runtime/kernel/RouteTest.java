package io.messageport.runtime.kernel;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.messageport.DeadLetter;
import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.PortOptions;
import io.messageport.spi.Access;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The short cut from an address to its port: as good as a look at the table, and gone with the port. */
@Tag("ID-2")
class RouteTest {
    private static Node node(String id) {
        return Node.configure(c -> c.nodeId(id));
    }

    private static Port counting(Node node, List<Object> got) {
        Port port = node.port();
        port.on("x", m -> got.add(m.intValue(0)));
        return port;
    }

    @Test
    void shouldReachThePortByItsOwnAddressAndByACopy() {
        try (Node node = node("one")) {
            List<Object> got = new CopyOnWriteArrayList<>();
            PortId own = counting(node, got).id();
            node.send(own, "x", 1);
            node.send(PortId.of(own.toString()), "x", 2);
            node.send(own, "x", 3);
            await().untilAsserted(() -> assertEquals(List.of(1, 2, 3), got));
        }
    }

    @Test
    void shouldNotReachAPortOfAnotherNodeWithTheSameId() {
        try (Node one = node("same");
                Node other = node("same")) {
            List<Object> got = new CopyOnWriteArrayList<>();
            List<DeadLetter> dead = new CopyOnWriteArrayList<>();
            var unused = other.deadLetters(dead::add);
            PortId address = counting(one, got).id();
            other.send(address, "x", 1);
            await().until(() -> dead.size() == 1);
            one.send(address, "x", 2);
            await().untilAsserted(() -> assertEquals(List.of(2), got));
        }
    }

    @Test
    void shouldHoldNothingOfAPortThatHasDied() {
        try (Node node = node("one")) {
            List<DeadLetter> dead = new CopyOnWriteArrayList<>();
            var unused = node.deadLetters(dead::add);
            PortId address = node.port().id();
            assertNotNull(Access.addresses().route(address));
            node.kill(address);
            await().until(() -> Access.addresses().route(address) == null);
            node.send(address, "x");
            await().until(() -> dead.size() == 1);
            assertEquals(DeadLetter.Cause.NO_SUCH_PORT, dead.getFirst().cause());
        }
    }

    @Test
    void shouldLeaveTheNameToItsHolderWhenAnotherFailsToTakeIt() {
        try (Node node = node("one")) {
            List<Object> got = new CopyOnWriteArrayList<>();
            Port holder = node.port(PortOptions.named("desk"), port -> port.on("x", m -> got.add(m.intValue(0))));
            assertThrows(
                    IllegalStateException.class,
                    () -> node.port(PortOptions.named("desk"), port -> port.ignoreUnmatched()));
            node.send(holder.id(), "x", 1);
            node.send(new PortId(node.id(), "desk"), "x", 2);
            await().untilAsserted(() -> assertEquals(List.of(1, 2), got));
        }
    }
}
