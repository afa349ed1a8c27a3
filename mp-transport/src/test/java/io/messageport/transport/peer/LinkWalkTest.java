package io.messageport.transport.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * The guarantee after each step of random walks of two nodes' links ({@link LinkWalk}). {@code -Dwalk.seeds=N} walks as
 * many of each kind, {@code -Dwalk.first=N} from that seed on.
 */
@Tag("SND-5")
@Tag("SND-4")
@Tag("CON-3")
@Tag("CON-5")
@Timeout(600)
class LinkWalkTest {
    private static final int SEEDS = Integer.getInteger("walk.seeds", 1300);
    private static final int FIRST = Integer.getInteger("walk.first", 1);
    private static final int STEPS = 400;
    private static final int PLANTED = 300;
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.messageport.transport");

    private static Level before;

    /** Faults are planted here, and each is worth a warning. */
    @BeforeAll
    static void beQuiet() {
        before = LOG.getLevel();
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        LOG.setLevel(before);
    }

    /** The walks of one kind, one after another; what they went through, and the first that went wrong. */
    private static final class Walks {
        long steps;
        long messages;
        long ups;
        long resumptions;
        long losses;
        String failure;

        void go(LinkWalk.Kind kind, Plant plant, int seeds) {
            for (int seed = FIRST; seed < FIRST + seeds && failure == null; seed++) {
                LinkWalk walk = new LinkWalk(kind, seed, plant);
                try {
                    walk.walk(STEPS);
                } catch (Exception | AssertionError e) {
                    failure = kind + " seed " + seed + ": " + e + " at " + List.of(e.getStackTrace()).getFirst();
                }
                steps += walk.steps;
                messages += walk.messages;
                ups += walk.ups;
                resumptions += walk.resumptions;
                losses += walk.losses;
            }
        }

        @Override
        public String toString() {
            return "steps=" + steps + " messages=" + messages + " ups=" + ups + " resumptions=" + resumptions
                    + " losses="
                    + losses;
        }
    }

    @Test
    void shouldLoseNothingWhenEveryBreakIsMendedInTime() {
        Walks walks = new Walks();
        walks.go(LinkWalk.Kind.INSIDE, Plant.NONE, SEEDS);
        assertNull(walks.failure);
        assertTrue(walks.resumptions > 2L * SEEDS && walks.messages > 20L * SEEDS, walks::toString);
        assertEquals(0, walks.losses);
        assertEquals(2L * SEEDS, walks.ups);
    }

    @Test
    void shouldLoseNothingOfLargeMessagesWhenEveryBreakIsMendedInTime() {
        Walks walks = new Walks();
        int seeds = Math.max(1, SEEDS / 50);
        walks.go(LinkWalk.Kind.LARGE, Plant.NONE, seeds);
        assertNull(walks.failure);
        assertTrue(walks.resumptions > 2L * seeds && walks.messages > 20L * seeds, walks::toString);
        assertEquals(0, walks.losses);
    }

    @Test
    void shouldDeliverAPrefixOfEachLinkAndTellEveryLossOnceWhateverHappens() {
        Walks walks = new Walks();
        walks.go(LinkWalk.Kind.ANYTHING, Plant.NONE, SEEDS);
        assertNull(walks.failure);
        assertTrue(walks.resumptions > SEEDS && walks.losses > SEEDS && walks.messages > 10L * SEEDS, walks::toString);
    }

    @ParameterizedTest
    @EnumSource(value = Plant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void shouldFindAPlantedFault(Plant plant) {
        List<LinkWalk.Kind> kinds = plant == Plant.COUNT_NOT_RESET || plant == Plant.LOSS_NOT_TOLD
                ? List.of(LinkWalk.Kind.ANYTHING)
                : List.of(LinkWalk.Kind.INSIDE, LinkWalk.Kind.ANYTHING);
        List<String> found = new ArrayList<>();
        for (LinkWalk.Kind kind : kinds) {
            Walks walks = new Walks();
            walks.go(kind, plant, PLANTED);
            assertNotNull(walks.failure, () -> plant + " is not found " + kind + ": " + walks);
            found.add(walks.failure);
        }
        assertEquals(kinds.size(), found.size());
    }
}
