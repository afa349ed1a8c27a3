package auction;

import io.messageport.Node;
import io.messageport.testkit.Parent;

/** A process of its own: a node with one auction, until the test ends it. */
final class House {
    private House() {}

    public static void main(String... args) throws InterruptedException {
        Parent parent = Parent.attach();
        try (Node node = Node.configure(c -> c.nodeId("house").bind("127.0.0.1:0").seed(args[0]))) {
            Auction auction = node.open("auction", Auction::new);
            parent.on("alive", words -> Boolean.toString(auction.isAlive()));
            parent.ready(node);
            node.awaitClose();
        }
    }
}
