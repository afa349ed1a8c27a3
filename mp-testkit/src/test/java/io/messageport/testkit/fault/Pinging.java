package io.messageport.testkit.fault;

import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.Port;
import io.messageport.PortId;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process that talks to another of its kind: {@code pinging ID HOST PEER [SEED]}. Says {@code alive} at the first answer
 * of the peer, and {@code down} when it is told that the peer is no more, in turn.
 */
final class Pinging {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Pinging() {}

    public static void main(String... args) throws IOException {
        PortId peer = new PortId(NodeId.of(args[2]), "ping");
        try (Node node = Node.configure(c -> {
            c.nodeId(args[0]).bind(args[1] + ":4040").heartbeatInterval(Duration.ofMillis(300))
                    .silenceLimit(Duration.ofMillis(1500)).connectInterval(Duration.ofMillis(300))
                    .monitorTimeout(Duration.ofSeconds(3)).handshakeTimeout(Duration.ofSeconds(2))
                    .resumeWindow(Duration.ofMillis(300));
            if (args.length > 3) {
                c.seed(args[3]);
            }
        })) {
            AtomicBoolean alive = new AtomicBoolean();
            Port ping = node.port("ping").on("ping", m -> node.send(m.port(0), "pong"));
            ping.on("pong", m -> {
                if (!alive.getAndSet(true)) {
                    node.monitor(peer, reason -> {
                        alive.set(false);
                        say("down " + reason);
                    });
                    say("alive");
                }
            });
            ping.on("tick", m -> {
                node.send(peer, "ping", ping.id());
                node.after(PAUSE, ping.id(), "tick");
            });
            node.send(ping.id(), "tick");
            say("ready");
            // Ends with the test, whose end closes the standard input.
            while (System.in.read() >= 0) {
                // Only the end counts.
            }
        }
    }

    private static void say(String line) {
        // checkstyle:off NoConsole  standard output is the way to the test
        System.out.println("@" + line);
        // checkstyle:on NoConsole
    }
}
