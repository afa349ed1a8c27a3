package io.messageport.testkit;

import io.messageport.Node;
import io.messageport.PortId;
import io.messageport.PortTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Ports that were opened on a node and live on; and the end of all ports of nodes that are to be closed. */
final class PortLeaks implements Detector {
    private final Node node;
    private final Set<PortId> before = new HashSet<>();

    PortLeaks(Node node) {
        this.node = node;
        ports(node, id -> true).forEach(port -> before.add(port.id().orElseThrow()));
    }

    @Override
    public List<String> found() {
        return ports(node, id -> !before.contains(id)).stream()
                .map(port -> "port " + port.id().orElseThrow() + ", opened and never ended: " + line(port))
                .toList();
    }

    /**
     * Asks all ports of these nodes to end, also those that others open meanwhile.
     *
     * @return a text for each that does not
     */
    static List<String> end(List<Node> nodes, Duration patience) {
        return LeakCheck.patiently(patience, () -> nodes.stream().flatMap(node -> endAll(node).stream()).toList());
    }

    private static List<String> endAll(Node node) {
        List<String> living = new ArrayList<>();
        for (PortTree port : ports(node, id -> true)) {
            PortId id = port.id().orElseThrow();
            node.kill(id);
            living.add("port " + id + ", which did not end when it was told to: " + line(port));
        }
        return living;
    }

    /** The users' ports at the top of the tree, whose children end with them; none on a closed node. */
    private static List<PortTree> ports(Node node, Predicate<PortId> wanted) {
        return tree(node).stream()
                .flatMap(root -> root.children().stream())
                .filter(branch -> branch.name().equals("user"))
                .flatMap(branch -> branch.children().stream())
                .filter(port -> wanted.test(port.id().orElseThrow()))
                .toList();
    }

    private static Optional<PortTree> tree(Node node) {
        try {
            return Optional.of(node.tree());
        } catch (IllegalStateException closed) {
            return Optional.empty();
        }
    }

    private static String line(PortTree port) {
        return port.toString().strip().replace("\n", "\n      ");
    }
}
