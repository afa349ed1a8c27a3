package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Database;
import io.messageport.FamilyChange;
import io.messageport.Node;
import io.messageport.runtime.link.TransportProvider;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The families that the nodes keep themselves. */
@Tag("DB-2")
class InternalFamiliesTest extends WithNode {
    private final Database db = node.db();

    @Test
    void shouldListThisNodeWithWhereItListensAndAsGlobal() throws Exception {
        assertEquals(Map.of(node.id().value(), List.of()), db.family(Database.NODES).entries());
        assertEquals(Collections.singletonMap(node.id().value(), null), db.family(Database.GLOBALS).entries());
        try (Node listening = Node.configure(c -> c.nodeId("listening").bind("here:1").advertise("there:2")
                .extension(TransportProvider.class, new FakeTransport()))) {
            assertEquals(List.of("there:2"), listening.db().family("'l").value("listening"));
            assertEquals(Set.of("listening"), listening.db().keys("'g"));
        }
    }

    @Test
    @Tag("DB-8")
    void shouldBeWatchedLikeOthers() throws Exception {
        db.watch(Database.NODES, change -> seen.add(change));
        FamilyChange first = (FamilyChange) next();
        assertEquals(Set.of(node.id().value()), first.added());
    }

    @ParameterizedTest
    @ValueSource(strings = {Database.NODES, Database.GLOBALS})
    void shouldNotBeSetByAnybody(String family) {
        String text = assertThrows(IllegalArgumentException.class, () -> db.set(family, "k")).getMessage();
        assertTrue(text.startsWith("family " + family + " is kept by the nodes themselves"), text);
        assertThrows(IllegalArgumentException.class, () -> db.delete(family, node.id().value()));
        assertThrows(IllegalArgumentException.class, () -> db.register(family, node.port().id()));
        assertThrows(IllegalArgumentException.class, () -> node.groups().join(family, node.port().id()));
        assertThrows(IllegalArgumentException.class, () -> node.groups().publish(family, "x"));
    }
}
