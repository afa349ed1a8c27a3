package io.messageport.examples;

import io.messageport.FamilyChange;
import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import java.time.Instant;

/**
 * Sends the time to each {@link Receiver} that appears in the network: {@code --seed HOST:PORT}, the address of any node of
 * it. Whether the receivers were there before or come later makes no difference.
 */
public final class Sender extends Port {
    private Sender() {}

    public static void main(String... args) throws InterruptedException {
        try (Node node = Arguments.of(args).needSeed().node("eg_sender/%u")) {
            node.open(Sender::new);
            Arguments.ready(node);
            node.awaitClose();
        }
    }

    @Override
    protected void start() {
        node().db().watch(this, Receiver.FAMILY, this::greet);
    }

    private void greet(FamilyChange change) {
        for (String key : change.added()) {
            PortId receiver = PortId.of(key);
            send(receiver, "test", Instant.now());
            System.out.println("sent to " + receiver);
        }
    }
}
