package io.messageport.runtime.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Message;
import io.messageport.MessageMismatchException;
import io.messageport.NodeId;
import io.messageport.runtime.kernel.Activation;
import io.messageport.runtime.kernel.Dispatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Peers that send faster than their messages are dealt with. */
@Tag("T-16")
class BacklogTest {
    private static final int KILOBYTES = 100;

    private final List<Runnable> turns = new ArrayList<>();
    private final FakeNode node = new FakeNetwork(new SplittableRandom(1)).start("g", true, 0);

    /** Turns that come when the test says so. */
    private final RoleEvents events = new RoleEvents(node.replica, new Turns(new Dispatcher() {
        @Override
        public void dispatch(Activation activation) {
            throw new AssertionError();
        }

        @Override
        public Thread thread(String name, Runnable work) {
            turns.add(work);
            return Thread.ofVirtual().unstarted(() -> {});
        }
    }, () -> {}), null);

    private int fill(NodeId peer) {
        Message message = Message.of("dbd", List.of(Map.of("k", new byte[KILOBYTES << 10])));
        int most = (int) (2 * Backlog.MOST_BYTES / (KILOBYTES << 10));
        for (int i = 0; i < most; i++) {
            try {
                events.received(peer, message);
            } catch (MessageMismatchException tooMuch) {
                return i;
            }
        }
        return most;
    }

    @Test
    void shouldRefuseWhatAPeerSendsWhenTooMuchOfItWaits() {
        NodeId flooding = NodeId.of("flooding");
        int taken = fill(flooding);
        assertTrue(taken > 600 && taken < 660, "so many messages were taken: " + taken);
        String text = assertThrows(MessageMismatchException.class,
                () -> events.received(flooding, Message.of("dbd", "x".repeat(KILOBYTES << 10)))).getMessage();
        assertTrue(text.startsWith("more of the database at once than anybody may send"), text);
        events.received(NodeId.of("other"), Message.of("dbd"));
        turns.removeFirst().run();
        assertEquals(taken + 1, node.refused.size(), "all that was taken had its turn");
        assertTrue(fill(flooding) >= taken, "and there is room again");
    }
}
