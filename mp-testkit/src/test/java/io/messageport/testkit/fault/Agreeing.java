package io.messageport.testkit.fault;

import io.messageport.Node;
import io.messageport.testkit.Parent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A node as anybody would start it, {@code agreeing NAME HOST SEED...}: sets what it is told to under its own key and under
 * one that all of them set, and shows what it is told of them.
 */
final class Agreeing {
    private Agreeing() {}

    public static void main(String... args) throws InterruptedException {
        Parent parent = Parent.attach();
        String name = args[0];
        try (Node node = Node.configure(c -> c.nodeId(name).bind(args[1] + ":4040")
                .seed(List.of(args).subList(2, args.length).toArray(String[]::new)))) {
            AtomicReference<Map<String, Object>> seen = new AtomicReference<>(Map.of());
            var unused = node.db().watch("f", change -> seen.set(change.now().entries()));
            parent.on("set", words -> {
                var ignored = node.db().set("f", name, words.get(0));
                var contested = node.db().set("f", "contested", name + words.get(0));
                return "set";
            });
            parent.on("shown", words -> new TreeMap<>(seen.get()).toString());
            parent.ready(node);
            node.awaitClose();
        }
    }
}
