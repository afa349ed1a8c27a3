package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Backoff;
import io.messageport.ChildSpec;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Supervisor;
import io.messageport.SupervisorSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Runs the code of docs/supervision.md, which stands between the marks. */
class SupervisionGuideTest extends WithNode {
    private static final List<String> SAID = Collections.synchronizedList(new ArrayList<>());

    static final class Lobby extends Port {
        @Override
        protected void start() {
            on("say", m -> SAID.add(m.string(0)));
            on("fail", m -> {
                throw new IllegalStateException("asked to");
            });
        }
    }

    @Test
    void shouldShowTheVeryCodeThatRunsHere() throws Exception {
        Guide guide = Guide.of("supervision.md", SupervisionGuideTest.class);
        assertEquals(guide.marked(), guide.shown());
    }

    @Test
    void shouldGoOnAfterAFailure() {
        // guide
        Supervisor top = node.open("chat", () -> new Supervisor(SupervisorSpec
                .oneForOne(
                        ChildSpec.port("lobby", Lobby::new),
                        ChildSpec.supervisor("sessions", SupervisorSpec.dynamic()))
                .intensity(3, Duration.ofSeconds(10))
                .backoff(Backoff.between(Duration.ofMillis(10), Duration.ofSeconds(1)))));
        PortId lobby = top.child("lobby").orElseThrow().port().orElseThrow();
        node.send(lobby, "say", "hello");
        node.send(lobby, "fail");
        node.send(lobby, "say", "still here");
        // end
        Awaitility.await().until(() -> SAID.equals(List.of("hello", "still here")));
        assertEquals(1, top.child("lobby").orElseThrow().restarts());
        // guide
        System.out.print(node.tree());
        // end
        assertTrue(node.tree().toString().contains("      ├─ lobby Lobby IDLE, restarts: 1\n"), node.tree()::toString);
    }
}
