package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.messageport.Port;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The local path allocates nothing but the message, which is what the sender wrote and the view that its handler gets,
 * and the node of the queue. Sizes are those of a JVM with compressed references, bytes per message.
 */
class AllocationTest extends WithNode {
    private static final int MESSAGES = 200_000;

    /** An array of two values; the second one, a boxed number, is made beforehand. */
    private static final int LIST = 24;

    private static final int VIEW = 24;
    private static final int RECORD = 16;

    /** The array in which Java passes one argument. */
    private static final int ONE_ARGUMENT = 24;

    private static final int QUEUE_NODE = 24;
    private static final int BURST = 100;

    /** What the threads of the JVM and of the dispatcher allocate beside it. */
    private static final int AROUND = 4;

    /** The first ones warm up; the least counts. */
    private static final int ROUNDS = 10;

    record Token(int left) {}

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Semaphore done = new Semaphore(0);

    private double least(Runnable start) throws InterruptedException {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long before = threads.getTotalThreadAllocatedBytes();
            start.run();
            assertTrue(done.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS), "the ports stand still");
            least = Math.min(least, (double) (threads.getTotalThreadAllocatedBytes() - before) / MESSAGES);
        }
        ForkedJvm.say("AllocationTest " + least + " bytes per message");
        return least;
    }

    /** What the sender wrote is there, and not more than what may be. */
    private static void assertBetween(int written, int most, double bytes) {
        assertTrue(bytes >= written, () -> bytes + " bytes per message are too few: the measurement is wrong");
        assertTrue(bytes <= most + AROUND, () -> bytes + " bytes per message, at most " + most + " expected");
    }

    @Test
    void shouldAllocateListViewAndNodeAtMostWhenListsGoToAndFro() throws Exception {
        Integer boxed = 1_000_000;
        int[] left = new int[1];
        Port one = node.port();
        Port other = node.port();
        one.on("n", m -> {
            left[0] -= 2;
            if (left[0] > 0) {
                one.send(other.id(), "n", boxed);
            } else {
                done.release();
            }
        });
        other.on("n", m -> other.send(one.id(), "n", boxed));
        double bytes = least(() -> {
            left[0] = MESSAGES;
            node.send(other.id(), "n", boxed);
        });
        assertBetween(LIST, LIST + VIEW + QUEUE_NODE, bytes);
    }

    @Test
    void shouldAllocateNoViewWhenRecordsGoToAndFro() throws Exception {
        int[] left = new int[1];
        Port one = node.port();
        Port other = node.port();
        one.on(Token.class, token -> {
            left[0] -= 2;
            if (left[0] > 0) {
                one.send(other.id(), new Token(left[0]));
            } else {
                done.release();
            }
        });
        other.on(Token.class, token -> other.send(one.id(), new Token(token.left() - 1)));
        double bytes = least(() -> {
            left[0] = MESSAGES;
            node.send(other.id(), new Token(MESSAGES));
        });
        assertBetween(RECORD, RECORD + ONE_ARGUMENT + QUEUE_NODE, bytes);
    }

    /** In a burst each message waits in the queue. */
    @Test
    void shouldAllocateListViewAndNodeAtMostWhenMessagesWait() throws Exception {
        Integer boxed = 1_000_000;
        int[] left = new int[1];
        Port one = node.port();
        Port other = node.port();
        one.on("more", m -> {
            for (int i = 1; i < BURST; i++) {
                one.send(other.id(), "n", boxed);
            }
            one.send(other.id(), "end", boxed);
        });
        other.on("n", m -> left[0]--);
        other.on("end", m -> {
            left[0]--;
            if (left[0] > 0) {
                other.send(one.id(), "more");
            } else {
                done.release();
            }
        });
        double bytes = least(() -> {
            left[0] = MESSAGES;
            node.send(one.id(), "more");
        });
        assertBetween(LIST, LIST + VIEW + QUEUE_NODE, bytes);
    }
}
