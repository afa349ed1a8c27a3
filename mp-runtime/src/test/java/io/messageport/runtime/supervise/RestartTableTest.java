package io.messageport.runtime.supervise;

import static io.messageport.ChildSpec.Restart.PERMANENT;
import static io.messageport.ChildSpec.Restart.TEMPORARY;
import static io.messageport.ChildSpec.Restart.TRANSIENT;
import static io.messageport.runtime.supervise.Play.child;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.messageport.ChildSpec;
import io.messageport.NodeId;
import io.messageport.SupervisorSpec;
import io.messageport.SupervisorSpec.Strategy;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is ended and started when a child ends, as supervisor(3) of Erlang/OTP has it. */
class RestartTableTest {
    /** Four children, of which b is the one that ends and d is temporary; all have a name and keep their mailbox. */
    private static SupervisorSpec four(Strategy strategy, ChildSpec.Restart ofB) {
        ChildSpec[] children = {child("a"), child("b").restart(ofB), child("c"), child("d").restart(TEMPORARY)};
        return switch (strategy) {
            case ONE_FOR_ONE -> SupervisorSpec.oneForOne(children);
            case ONE_FOR_ALL -> SupervisorSpec.oneForAll(children);
            case REST_FOR_ONE -> SupervisorSpec.restForOne(children);
            case DYNAMIC -> SupervisorSpec.dynamic();
        };
    }

    private static Play playing(Strategy strategy, ChildSpec.Restart ofB) {
        Play play = Play.of(four(strategy, ofB));
        if (strategy == Strategy.DYNAMIC) {
            Stream.of(child("a"), child("b").restart(ofB), child("c"), child("d").restart(TEMPORARY)).forEach(c -> {
                String unused = play.on(new Event.StartChild(c));
            });
        }
        return play;
    }

    private static final String ALONE = "start b";
    private static final String ALL = "stop d c+ a+, start a, start b, start c";
    private static final String REST = "stop d c+, start b, start c";

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            ONE_FOR_ONE,  PERMANENT, start b
            ONE_FOR_ONE,  TRANSIENT, release b
            ONE_FOR_ONE,  TEMPORARY, ''
            ONE_FOR_ALL,  TRANSIENT, release b
            ONE_FOR_ALL,  TEMPORARY, ''
            REST_FOR_ONE, TRANSIENT, release b
            REST_FOR_ONE, TEMPORARY, ''
            DYNAMIC,      PERMANENT, start b
            DYNAMIC,      TRANSIENT, release b
            DYNAMIC,      TEMPORARY, ''
            """)
    void shouldRestartPermanentOnesOnlyWhenTheEndIsOrderly(Strategy strategy, ChildSpec.Restart restart, String acts) {
        assertEquals(acts, playing(strategy, restart).ends("b"));
        assertEquals(acts, playing(strategy, restart).ends("b", "shutdown"));
        assertEquals(acts, playing(strategy, restart).ends("b", "shutdown", "for a reason"));
    }

    static Stream<Object[]> abnormal() {
        return Stream.of(
                new Object[] {Strategy.ONE_FOR_ONE, PERMANENT, ALONE},
                new Object[] {Strategy.ONE_FOR_ONE, TRANSIENT, ALONE},
                new Object[] {Strategy.ONE_FOR_ONE, TEMPORARY, ""},
                new Object[] {Strategy.ONE_FOR_ALL, PERMANENT, ALL},
                new Object[] {Strategy.ONE_FOR_ALL, TRANSIENT, ALL},
                new Object[] {Strategy.ONE_FOR_ALL, TEMPORARY, ""},
                new Object[] {Strategy.REST_FOR_ONE, PERMANENT, REST},
                new Object[] {Strategy.REST_FOR_ONE, TRANSIENT, REST},
                new Object[] {Strategy.REST_FOR_ONE, TEMPORARY, ""},
                new Object[] {Strategy.DYNAMIC, PERMANENT, ALONE},
                new Object[] {Strategy.DYNAMIC, TRANSIENT, ALONE},
                new Object[] {Strategy.DYNAMIC, TEMPORARY, ""});
    }

    @ParameterizedTest
    @MethodSource("abnormal")
    void shouldRestartAllButTemporaryOnesWhenTheEndIsAbnormal(Strategy strategy, ChildSpec.Restart restart,
            String acts) {
        assertEquals(acts, playing(strategy, restart).ends("b", "crash"));
    }

    @Test
    void shouldRestartAllWhenAPermanentChildEndsInOrder() {
        assertEquals(ALL, playing(Strategy.ONE_FOR_ALL, PERMANENT).ends("b"));
        assertEquals(REST, playing(Strategy.REST_FOR_ONE, PERMANENT).ends("b", "shutdown"));
    }

    @Test
    void shouldStartInOrderWhenBooted() {
        Play play = new Play(four(Strategy.ONE_FOR_ONE, PERMANENT));
        assertEquals("start a, start b, start c, start d", play.boot());
        assertEquals(4, play.roster().count().active());
    }

    @Test
    void shouldEndThoseBeforeAndItselfWhenAChildDoesNotStartAtBoot() {
        Play play = new Play(four(Strategy.ONE_FOR_ONE, PERMANENT)).failing("c", 1);
        assertEquals("start a, start b, start c, stop b a, finish shutdown: child failed to start: c: no", play.boot());
        assertEquals("", play.ends("a", "crash"), "a supervisor that has ended does nothing");
    }

    @Test
    void shouldForgetTemporaryChildrenWhenTheyEndOrAreEndedWithOthers() {
        Play play = playing(Strategy.ONE_FOR_ALL, PERMANENT);
        String unused = play.ends("a", "crash");
        assertEquals("[a, b, c]", play.roster().children().stream().map(c -> c.key()).toList().toString());
    }

    @Test
    void shouldStartChildrenThatHadEndedBeforeWhenAllAreRestarted() {
        Play play = playing(Strategy.ONE_FOR_ALL, TRANSIENT);
        assertEquals("release b", play.ends("b"));
        assertEquals("stop d c+, start a, start b, start c", play.ends("a", "crash"));
    }

    @Test
    void shouldIgnoreAnEndThatBelongsToAFormerLife() {
        Play play = playing(Strategy.ONE_FOR_ALL, PERMANENT);
        long ofC = play.life("c");
        assertEquals(ALL, play.ends("b", "crash"));
        assertEquals("", play.endsOnceMore("c", ofC), "c fell while it was being ended");
        assertEquals("", play.endsOnceMore("nobody", 1));
    }

    @Test
    void shouldKeepTheMailboxOnlyWhenTheSpecSaysSo() {
        Play play =
                Play.of(SupervisorSpec.oneForAll(child("a"), child("b").keepMailbox(false), child("c").anonymous()));
        assertEquals("stop #1 b, start a, start b, start #1", play.ends("a", "crash"));
    }

    // ---- intensity -------------------------------------------------------------------------------------------------

    @Test
    void shouldEndAllInReverseOrderWhenOneRestartIsTooMany() {
        Play play = playing(Strategy.ONE_FOR_ONE, PERMANENT);
        assertEquals("start b", play.ends("b", "crash"));
        assertEquals("stop d c a, release b, finish shutdown: too many restarts: b: crash", play.ends("b", "crash"));
        assertEquals("", play.ends("a", "crash"));
    }

    @Test
    void shouldCountRestartsOfAllChildrenTogether() {
        Play play = playing(Strategy.ONE_FOR_ONE, PERMANENT);
        assertEquals("start b", play.ends("b", "crash"));
        assertEquals("stop d c b, release a, finish shutdown: too many restarts: a: crash", play.ends("a", "crash"));
    }

    @Test
    void shouldForgetRestartsThatAreLongerAgoThanThePeriod() {
        Play play = playing(Strategy.ONE_FOR_ONE, PERMANENT);
        for (int i = 0; i < 10; i++) {
            assertEquals("start b", play.ends("b", "crash"));
            play.passing(5001);
        }
        assertEquals("start b", play.ends("b", "crash"));
        assertEquals("stop d c a, release b, finish shutdown: too many restarts: b: crash",
                play.passing(5000).ends("b", "crash"));
    }

    @Test
    void shouldEndAtTheFirstRestartWhenTheIntensityIsZero() {
        Play play = Play.of(SupervisorSpec.oneForAll(child("a"), child("b")).intensity(0, Duration.ofSeconds(1)));
        assertEquals("stop b, release a, finish shutdown: too many restarts: a: crash", play.ends("a", "crash"));
    }

    @Test
    void shouldAllowAsManyRestartsAsTheIntensitySays() {
        Play play = Play.of(SupervisorSpec.oneForOne(child("a")).intensity(3, Duration.ofSeconds(1)));
        for (int i = 0; i < 3; i++) {
            assertEquals("start a", play.ends("a", "crash"));
        }
        assertEquals("release a, finish shutdown: too many restarts: a: crash", play.ends("a", "crash"));
        assertEquals(3, play.roster().find("a").seen().restarts());
    }

    // ---- failing restarts ------------------------------------------------------------------------------------------

    @Test
    void shouldCountAFailedRestartAndTryAgain() {
        Play play = Play.of(SupervisorSpec.oneForOne(child("a"), child("b")).intensity(3, Duration.ofSeconds(1)));
        assertEquals("start a, later 0", play.failing("a", 2).ends("a", "crash"));
        assertEquals("start a, later 0", play.retry());
        assertEquals("start a", play.retry());
        assertEquals("stop b, release a, finish shutdown: too many restarts: a: crash", play.ends("a", "crash"));
    }

    @Test
    void shouldEndWhenARestartFailsOnceTooOften() {
        Play play = Play.of(SupervisorSpec.oneForOne(child("a"), child("b")));
        assertEquals("start a, stop b, release a, finish shutdown: too many restarts: a: no",
                play.failing("a", 1).ends("a", "crash"));
    }

    @Test
    void shouldStartAllFromTheFirstWhenOneOfAllDoesNotRestart() {
        Play play = Play.of(
                SupervisorSpec.oneForAll(child("a"), child("b"), child("c")).intensity(2, Duration.ofSeconds(1)));
        assertEquals("stop c+ a+, start a, start b, stop a+, later 0", play.failing("b", 1).ends("b", "crash"));
        assertEquals("start a, start b, start c", play.retry());
    }

    @Test
    void shouldStartTheRestFromTheFailedOneWhenOneOfTheRestDoesNotRestart() {
        Play play = Play.of(SupervisorSpec.restForOne(child("a"), child("b"), child("c"), child("d"))
                .intensity(2, Duration.ofSeconds(1)));
        assertEquals("stop d+ c+, start b, start c, later 0", play.failing("c", 1).ends("b", "crash"));
        assertEquals("start c, start d", play.retry());
    }

    @Test
    void shouldStartNobodyTwiceWhenAnEarlierChildFallsBeforeTheRetry() {
        Play play = Play.of(SupervisorSpec.restForOne(child("a"), child("b"), child("c"))
                .intensity(5, Duration.ofSeconds(1)));
        assertEquals("stop c+, start b, later 0", play.failing("b", 1).ends("b", "crash"));
        assertEquals("start a, start b, start c", play.ends("a", "crash"));
        assertEquals("", play.retry(), "its children have been started by another restart");
    }

    // ---- on other nodes --------------------------------------------------------------------------------------------

    @Test
    void shouldGoToTheNextNodeOnlyWhenTheNodeIsLost() {
        ChildSpec spawned = ChildSpec.spawn("far",
                List.of(NodeId.of("n1"), NodeId.of("n2")), "pkg.Worker");
        Play play = Play.of(SupervisorSpec.oneForOne(spawned).intensity(9, Duration.ofSeconds(1)));
        assertEquals("start far", play.ends("far", "crash"));
        assertEquals("start far@1", play.ends("far", "transport_error", "n1", "lost"));
        assertEquals("start far@1", play.ends("far", "crash"));
        assertEquals("start far", play.ends("far", "transport_error", "n2", "lost"), "after the last comes the first");
    }

    @Test
    void shouldSayWhatHappenedAndWhatIsDone() {
        Play play = playing(Strategy.ONE_FOR_ONE, TEMPORARY);
        String unused = play.ends("a", "crash") + play.ends("b", "crash") + play.ends("d");
        assertEquals("[a: crash: restarted, b: crash: not restarted, it is TEMPORARY]", play.reports().toString());
    }
}
