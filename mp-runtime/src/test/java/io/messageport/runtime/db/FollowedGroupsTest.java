package io.messageport.runtime.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Publishing to groups that come and go. */
@Tag("DB-9")
class FollowedGroupsTest {
    @Test
    void shouldFollowOnlyTheGroupsThatWerePublishedToLast() throws Exception {
        try (Node node = Node.configure(c -> c.nodeId("publisher"))) {
            BlockingQueue<Object> got = new LinkedBlockingQueue<>();
            node.groups().join("room_0", node.port("ear", port -> port.otherwise(m -> got.add(m.get(0)))).id());
            NodeGroups groups = (NodeGroups) node.groups();
            for (int i = 0; i < 3 * NodeGroups.MOST_FOLLOWED; i++) {
                assertEquals(i == 0 ? 1 : 0, groups.publish("room_" + i, "news " + i));
            }
            assertEquals(NodeGroups.MOST_FOLLOWED, groups.followed());
            assertEquals(1, groups.publish("room_0", "last"));
            Object last = got.poll(20, TimeUnit.SECONDS);
            while (last != null && !last.equals("last")) {
                last = got.poll(20, TimeUnit.SECONDS);
            }
            assertTrue(last != null, "the last message has come");
        }
    }
}
