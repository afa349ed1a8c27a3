package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.ChildSpec;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.PortTree;
import io.messageport.Supervisor;
import io.messageport.SupervisorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No stack is as deep as the tree: ports nested thousands deep end and are shown as others are. */
@Tag("BND-4")
class TreeDepthTest extends WithNode {
    private final AtomicReference<Port> root = new AtomicReference<>();

    private Supervisor supervise(ChildSpec root) {
        Supervisor top = node.open("top", () -> new Supervisor(SupervisorSpec.oneForOne(root)));
        assertEquals(1, top.countChildren().active());
        return top;
    }

    private ChildSpec root() {
        return ChildSpec.plain("root", p -> root.set(p.ignoreUnmatched()));
    }

    /** Ports nested below the root, from the root on. */
    private List<PortId> nest(int depth) {
        List<PortId> chain = new ArrayList<>();
        Port deepest = root.get();
        chain.add(deepest.id());
        while (chain.size() < depth) {
            deepest = deepest.run(() -> node.port().ignoreUnmatched()).orElseThrow();
            chain.add(deepest.id());
        }
        return chain;
    }

    private void assertEndsBackwards(Supervisor top, int depth) throws Exception {
        List<PortId> chain = nest(depth);
        Port watcher = node.port();
        var unused = watcher.run(() -> {
            chain.forEach(each -> watcher.monitor(each, reason -> seen.add(each)));
            return true;
        });
        top.terminateChild("root");
        List<Object> ended = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            ended.add(next());
        }
        Collections.reverse(chain);
        assertEquals(chain, ended);
    }

    @Test
    void shouldEndALongChainBackwardsWhenItEndsGently() throws Exception {
        assertEndsBackwards(supervise(root()), 5000);
    }

    @Test
    void shouldEndALongChainBackwardsWhenItEndsBrutally() throws Exception {
        assertEndsBackwards(supervise(root().brutalKill()), 5000);
    }

    @Test
    void shouldShowATreeOfManyLevels() {
        int depth = 2000;
        Supervisor top = supervise(root());
        PortId deepest = nest(depth).getLast();
        PortTree tree = node.tree();
        assertTrue(top.isAlive());
        assertEquals(1 + 1 + depth, tree.size());
        assertEquals(deepest, tree.find(deepest.name()).orElseThrow().id().orElseThrow());
        List<String> lines = tree.toString().lines().toList();
        assertEquals(2 + 1 + 1 + 1 + depth, lines.size());
        assertTrue(lines.getLast().endsWith(deepest.name() + " Port IDLE"), lines::getLast);
    }
}
