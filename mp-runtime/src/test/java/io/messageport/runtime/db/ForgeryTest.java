package io.messageport.runtime.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.messageport.NodeId;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A global node that lies about others is believed where nobody knows better, and leaves nothing behind. */
@Tag("T-16")
@Tag("DB-3")
class ForgeryTest {
    private final FakeNetwork net = new FakeNetwork(new SplittableRandom(1));
    private final FakeNode global = net.start("g", true, 0);
    private final FakeNode other = net.start("h", true, 0);
    private final FakeNode liar = net.start("liar", true, 0);
    private final FakeNode owner = net.start("p", false, 0);

    @BeforeEach
    void lie() {
        net.connect(global, other);
        net.connect(global, liar);
        net.connect(owner, other);
        owner.put("f", "k", "true");
        net.settle();
        assertEquals(Map.of("k", "true"), global.replica.entries("f"));
        // Of the very life of the owner, which all global nodes know, and further on than that is.
        long life = owner.replica.own().life();
        global.received(liar.id, "dbh", owner.id, life, 1_000L);
        global.received(liar.id, "dbd", "", owner.id, life, 1_000L, 0L, 2, 0L, 1,
                List.of(900L, 99L, "f", "k", "forged"));
        net.settle();
        assertEquals(Map.of("k", "forged"), global.replica.entries("f"), "it was told last");
    }

    @Test
    void shouldShowWhatTheOwnerHasWhenItComes() {
        net.cut(net.wire(owner.id, other.id));
        net.settle();
        net.connect(owner, global);
        net.settle();
        assertEquals(Map.of("k", "true"), global.replica.entries("f"));
        owner.put("f", "l", "later");
        net.settle();
        assertEquals(Map.of("k", "true", "l", "later"), global.replica.entries("f"));
    }

    @Test
    void shouldShowWhatOthersTellWhenTheLiarIsGone() {
        FakeNode third = net.start("third", true, 0);
        net.connect(third, global);
        net.cut(net.wire(owner.id, other.id));
        net.settle();
        net.connect(owner, third);
        net.cut(net.wire(liar.id, global.id));
        net.settle();
        assertEquals(Map.of("k", "true"), global.replica.entries("f"));
        assertEquals(NodeId.of("third"), owner.master);
    }
}
