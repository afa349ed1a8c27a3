package io.messageport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a port cannot be opened with is refused where it is said, with the reason. */
class PortOptionsTest {
    private static void refused(Class<? extends Exception> type, String text, Executable making) {
        assertEquals(text, assertThrows(type, making).getMessage());
    }

    @Test
    @Tag("BND-1")
    void shouldRefuseBoundsThatBoundNothing() {
        PortOptions usual = PortOptions.defaults();
        refused(IllegalArgumentException.class, "capacity must be at least 1, not 0", () -> usual.capacity(0));
        refused(IllegalArgumentException.class, "capacity must be at least 1, not -7", () -> usual.capacity(-7));
        refused(IllegalArgumentException.class, "highWater must be at least 1, not 0", () -> usual.highWater(0));
        String never = "highWater 11 can never be reached with capacity 10; make it at most the capacity";
        refused(IllegalArgumentException.class, never, () -> usual.capacity(10).highWater(11));
        refused(IllegalArgumentException.class, never, () -> usual.highWater(11).capacity(10));
        refused(NullPointerException.class, "the policy for a full mailbox must not be null",
                () -> usual.overflow(null));
    }

    @Test
    @Tag("ID-5")
    void shouldRefuseNamesThatNameNoPort() {
        refused(IllegalArgumentException.class, "a port needs a name; the empty one is the node's own",
                () -> PortOptions.named(""));
        refused(NullPointerException.class, "a port's name must not be null; without a name, one is chosen",
                () -> PortOptions.named(null));
    }

    @Test
    void shouldChangeOneThingAtATime() {
        PortOptions all = PortOptions.named("a").capacity(10).overflow(Overflow.BLOCK).highWater(5).detach();
        assertEquals(new PortOptions(
                Optional.of("a"), Optional.of(10), Optional.of(Overflow.BLOCK), Optional.of(5), true), all);
        assertEquals(all, PortOptions.defaults().detach().highWater(5).overflow(Overflow.BLOCK).capacity(10).name("a"));
    }
}
