package io.messageport.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Guard;
import io.messageport.Node;
import io.messageport.spi.Clock;
import io.messageport.spi.Current;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By when something had come is told from a few notes: never too early, and not much too late. Time is the test's own. */
class ArrivalsTest {
    private static final long GAP = Arrivals.GAP_NANOS;
    private static final long PAUSE = 20 * GAP;
    private static final int NO_BOUND = Integer.MAX_VALUE;

    /** Time that moves when the test says so. */
    private static final class Hands implements Clock {
        private long now;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public Guard schedule(long delayNanos, Runnable task) {
            return () -> false;
        }

        @Override
        public void close() {}
    }

    /** Takes no look but when the test says so. */
    private static final class Looking implements Dispatcher {
        private final List<Look> looks = new ArrayList<>();
        private boolean able = true;
        private int asked;

        @Override
        public void dispatch(Activation activation) {
            Thread unused = Thread.startVirtualThread(() -> activation.run(Current.ofThread()));
        }

        @Override
        public boolean looks() {
            return able;
        }

        @Override
        public void looksAt(Look look) {
            asked++;
            looks.add(look);
        }

        void look() {
            boolean unused = looks.removeIf(look -> !look.again());
        }
    }

    private final Hands clock = new Hands();
    private final Looking dispatcher = new Looking();
    private final Node node = Node.configure(
            c -> c.nodeId("arrivals/%u").extension(Clock.class, clock).extension(Dispatcher.class, dispatcher));
    private final Backlog backlog = new Backlog(Stepped.cell(node.port().ignoreUnmatched()).kernel());
    private final List<Long> cameAt = new ArrayList<>();
    private int taken;

    @AfterEach
    void close() {
        node.close();
    }

    private void send() {
        boolean below = backlog.isBelow(NO_BOUND / 2);
        assertTrue(below && backlog.offer(this));
        cameAt.add(clock.now);
    }

    private void take() {
        assertEquals(this, backlog.relaxedPoll());
        taken++;
    }

    private void pass(long nanos) {
        clock.now += nanos;
    }

    /** How much later than it came the oldest thing is said to have come, at the latest. */
    private long error() {
        long by = backlog.oldestBy();
        long error = (by == Arrival.NONE ? clock.now : by) - cameAt.get(taken);
        assertTrue(error >= 0, () -> "said to have come " + -error + " ns before it came");
        return error;
    }

    @Test
    void shouldKnowExactlyWhenTheFewThingsCameThatComeSlowly() {
        for (int i = 0; i < 100; i++) {
            send();
            pass(GAP + i);
        }
        assertEquals(0, dispatcher.asked, "nobody need look");
        for (int i = 0; i < 100; i++) {
            assertEquals(0, error(), "thing " + i);
            take();
            assertEquals(cameAt.get(i), backlog.polledBy());
        }
        assertEquals(Arrival.NONE, backlog.oldestBy());
    }

    @Test
    void shouldLeaveItToLooksWhenManyCome() {
        for (int i = 0; i < 1_000; i++) {
            send();
        }
        assertEquals(1, dispatcher.asked);
        pass(GAP);
        dispatcher.look();
        pass(TimeUnit.HOURS.toNanos(1));
        for (int i = 0; i < 1_000; i++) {
            assertTrue(error() <= GAP, "thing " + i);
            take();
        }
    }

    @Test
    void shouldAskSendersAgainWhenALookFindsNothing() {
        send();
        send();
        for (int look = 0; look < 4; look++) {
            assertEquals(1, dispatcher.looks.size(), "look " + look);
            pass(GAP);
            dispatcher.look();
        }
        assertEquals(List.of(), dispatcher.looks);
        pass(TimeUnit.HOURS.toNanos(1));
        send();
        pass(TimeUnit.HOURS.toNanos(1));
        take();
        take();
        assertEquals(0, error());
        assertEquals(1, dispatcher.asked);
        send();
        send();
        assertEquals(2, dispatcher.asked);
    }

    /** Where nothing looks, as in a simulation, every sender tells. */
    @Test
    void shouldKnowExactlyWhenNobodyCanLook() {
        dispatcher.able = false;
        for (int i = 0; i < 200; i++) {
            send();
            pass(i % 7);
        }
        for (int i = 0; i < 200; i++) {
            assertTrue(error() <= GAP, "thing " + i);
            take();
        }
    }

    /** Bursts, pauses, an owner that is now quick and now slow: the error stays below what the class promises. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldBeRightToWithinALookOrAShareOfTheAge(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int step = 0; step < 20_000; step++) {
            int come = random.nextInt(4) == 0 ? random.nextInt(50) : random.nextInt(2);
            for (int i = 0; i < come; i++) {
                send();
            }
            pass(random.nextInt(50) == 0 ? PAUSE : random.nextLong(GAP));
            dispatcher.look();
            for (int i = random.nextInt(random.nextInt(60) == 0 ? 400 : 12); i > 0 && taken < cameAt.size(); i--) {
                take();
            }
            if (taken < cameAt.size()) {
                long age = clock.now - cameAt.get(taken);
                assertTrue(error() <= PAUSE + age / 32, () -> "seed " + seed);
                assertFalse(backlog.notes() > 2_000, () -> backlog.notes() + " notes, seed " + seed);
            }
        }
    }
}
