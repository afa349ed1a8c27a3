package io.messageport.runtime.supervise;

import static io.messageport.runtime.supervise.Play.child;
import static java.time.Duration.ofMillis;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.messageport.Backoff;
import io.messageport.SupervisorSpec;
import org.junit.jupiter.api.Test;

/** How long restarts are put off. */
class BackoffTableTest {
    private final Backoff backoff = new Backoff(ofMillis(100), ofMillis(500), 0.5, ofMillis(10_000));
    private final Play play = Play.of(SupervisorSpec.oneForOne(child("a"), child("b"))
            .intensity(100, ofMillis(1))
            .backoff(backoff));

    private String fallsAndRises() {
        String later = play.ends("a", "crash");
        assertEquals("start a", play.retry());
        return later;
    }

    @Test
    void shouldWaitTwiceAsLongEachTimeUpToTheGreatest() {
        for (int wait : new int[] {100, 200, 400, 500, 500, 500}) {
            assertEquals("later " + wait, fallsAndRises());
        }
    }

    @Test
    void shouldBeginAnewWhenTheChildWasStable() {
        assertEquals("later 100", fallsAndRises());
        assertEquals("later 200", fallsAndRises());
        play.passing(9_999);
        assertEquals("later 400", fallsAndRises());
        play.passing(10_000);
        assertEquals("later 100", fallsAndRises());
    }

    @Test
    void shouldTakeOffAShareByChance() {
        assertEquals("later 100", play.dice(0).ends("a", "crash"));
        assertEquals("later 75", play.dice(0.5).ends("b", "crash"));
    }

    @Test
    void shouldCountFailedStartsAsRestartsInARow() {
        assertEquals("later 100", play.ends("a", "crash"));
        assertEquals("start a, later 200", play.failing("a", 2).retry());
        assertEquals("start a, later 400", play.retry());
        assertEquals("start a", play.retry());
    }

    @Test
    void shouldEndTheOthersAtOnceAndStartAllAfterTheWait() {
        Play all = Play.of(SupervisorSpec.oneForAll(child("a"), child("b"), child("c")).backoff(backoff));
        assertEquals("stop c+ a+, later 100", all.ends("b", "crash"));
        assertEquals("start a, start b, start c", all.retry());
    }

    @Test
    void shouldNotStartWhatWasTerminatedDuringTheWait() {
        Play all = Play.of(SupervisorSpec.oneForAll(child("a"), child("b"), child("c")).backoff(backoff));
        assertEquals("stop c+ a+, later 100", all.ends("b", "crash"));
        assertEquals("release b, done STOPPED", all.on(new Event.TerminateChild("b")));
        assertEquals("start a, start c", all.retry());
        assertEquals("start b, done RUNNING", all.on(new Event.RestartChild("b")));
    }

    @Test
    void shouldRestartAtOnceWhenThereIsNone() {
        Play none = Play.of(SupervisorSpec.oneForOne(child("a")));
        assertEquals("start a", none.ends("a", "crash"));
    }
}
