package io.messageport.runtime.supervise;

import static io.messageport.ChildSpec.Restart.TEMPORARY;
import static io.messageport.ChildSpec.Restart.TRANSIENT;
import static io.messageport.runtime.supervise.Play.child;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.messageport.ChildSpec;
import io.messageport.SupervisorSpec;
import io.messageport.SupervisorSpec.AutoShutdown;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ends of significant children end their supervisor, as supervisor(3) of Erlang/OTP has it. */
class AutoShutdownTableTest {
    /** Two significant children and one that is not. */
    private static Play playing(SupervisorSpec.Strategy strategy, AutoShutdown rule, ChildSpec.Restart restart) {
        SupervisorSpec empty = switch (strategy) {
            case ONE_FOR_ONE, DYNAMIC -> SupervisorSpec.oneForOne();
            case ONE_FOR_ALL -> SupervisorSpec.oneForAll();
            case REST_FOR_ONE -> SupervisorSpec.restForOne();
        };
        return Play.of(empty.autoShutdown(rule).children(
                child("s1").anonymous().restart(restart).significant(true),
                child("s2").anonymous().restart(restart).significant(true),
                child("x").keepMailbox(false).restart(TEMPORARY)));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ANY_SIGNIFICANT, TRANSIENT, '',       'stop x #2, finish shutdown: significant child ended: #1'
            ANY_SIGNIFICANT, TRANSIENT, shutdown, 'stop x #2, finish shutdown: significant child ended: #1'
            ANY_SIGNIFICANT, TRANSIENT, crash,    start #1
            ANY_SIGNIFICANT, TEMPORARY, '',       'stop x #2, finish shutdown: significant child ended: #1'
            ANY_SIGNIFICANT, TEMPORARY, shutdown, 'stop x #2, finish shutdown: significant child ended: #1'
            ANY_SIGNIFICANT, TEMPORARY, crash,    'stop x #2, finish shutdown: significant child ended: #1'
            ALL_SIGNIFICANT, TRANSIENT, '',       ''
            ALL_SIGNIFICANT, TRANSIENT, shutdown, ''
            ALL_SIGNIFICANT, TRANSIENT, crash,    start #1
            ALL_SIGNIFICANT, TEMPORARY, '',       ''
            ALL_SIGNIFICANT, TEMPORARY, shutdown, ''
            ALL_SIGNIFICANT, TEMPORARY, crash,    ''
            """)
    void shouldDecideByTheFirstEnd(AutoShutdown rule, ChildSpec.Restart restart, String reason, String acts) {
        Play play = playing(SupervisorSpec.Strategy.ONE_FOR_ONE, rule, restart);
        assertEquals(acts, reason.isEmpty() ? play.ends("#1") : play.ends("#1", reason));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            TRANSIENT, '',       'stop x, finish shutdown: significant child ended: #1'
            TRANSIENT, shutdown, 'stop x, finish shutdown: significant child ended: #1'
            TRANSIENT, crash,    start #1
            TEMPORARY, '',       'stop x, finish shutdown: significant child ended: #1'
            TEMPORARY, crash,    'stop x, finish shutdown: significant child ended: #1'
            """)
    void shouldDecideByTheLastEndWhenAllCount(ChildSpec.Restart restart, String reason, String acts) {
        Play play = playing(SupervisorSpec.Strategy.ONE_FOR_ONE, AutoShutdown.ALL_SIGNIFICANT, restart);
        assertEquals("", play.ends("#2"));
        assertEquals(acts, reason.isEmpty() ? play.ends("#1") : play.ends("#1", reason));
    }

    @ParameterizedTest
    @CsvSource({"ANY_SIGNIFICANT", "ALL_SIGNIFICANT"})
    void shouldNotEndWhenAChildThatIsNotSignificantEnds(AutoShutdown rule) {
        assertEquals("", playing(SupervisorSpec.Strategy.ONE_FOR_ONE, rule, TRANSIENT).ends("x"));
    }

    @ParameterizedTest
    @CsvSource({"ANY_SIGNIFICANT", "ALL_SIGNIFICANT"})
    void shouldNotEndWhenSignificantChildrenAreTerminatedByRequest(AutoShutdown rule) {
        Play play = playing(SupervisorSpec.Strategy.ONE_FOR_ONE, rule, TRANSIENT);
        assertEquals("stop #1, done STOPPED", play.on(new Event.TerminateChild("#1")));
        assertEquals("stop #2, done STOPPED", play.on(new Event.TerminateChild("#2")));
    }

    @Test
    void shouldCountAsLastTheLastThatRunsWhenOthersWereTerminatedByRequest() {
        Play play = playing(SupervisorSpec.Strategy.ONE_FOR_ONE, AutoShutdown.ALL_SIGNIFICANT, TRANSIENT);
        assertEquals("stop #1, done STOPPED", play.on(new Event.TerminateChild("#1")));
        assertEquals("stop x, finish shutdown: significant child ended: #2", play.ends("#2"));
    }

    @Test
    void shouldNotEndWhenASignificantChildIsEndedBecauseOfAnother() {
        Play all = playing(SupervisorSpec.Strategy.ONE_FOR_ALL, AutoShutdown.ANY_SIGNIFICANT, TRANSIENT);
        assertEquals("stop x #2, start #1, start #2", all.ends("#1", "crash"));
        Play rest = playing(SupervisorSpec.Strategy.REST_FOR_ONE, AutoShutdown.ANY_SIGNIFICANT, TRANSIENT);
        assertEquals("stop x #2, start #1, start #2", rest.ends("#1", "crash"));
    }

    @Test
    void shouldWaitForASignificantChildThatIsAboutToBeRestarted() {
        Play play = playing(SupervisorSpec.Strategy.ONE_FOR_ONE, AutoShutdown.ALL_SIGNIFICANT, TRANSIENT);
        assertEquals("start #1, stop x #2, finish shutdown: too many restarts: #1: no",
                play.failing("#1", 1).ends("#1", "crash"));
        Play patient = Play.of(SupervisorSpec.oneForOne()
                .intensity(5, Duration.ofSeconds(1))
                .autoShutdown(AutoShutdown.ALL_SIGNIFICANT)
                .children(
                        child("s1").anonymous().restart(TRANSIENT).significant(true),
                        child("s2").anonymous().restart(TRANSIENT).significant(true)));
        assertEquals("start #1, later 0", patient.failing("#1", 1).ends("#1", "crash"));
        assertEquals("", patient.ends("#2"), "the other is not at its end, only between two lives");
        assertEquals("start #1", patient.retry());
    }
}
