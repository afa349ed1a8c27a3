package io.messageport.runtime.supervise;

import static io.messageport.ChildSpec.Restart.TEMPORARY;
import static io.messageport.ChildSpec.Restart.TRANSIENT;
import static io.messageport.runtime.supervise.Play.child;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.messageport.Child;
import io.messageport.SupervisorSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What can be asked of a supervisor, as supervisor(3) of Erlang/OTP has it. */
class RequestTableTest {
    private final Play play =
            Play.of(SupervisorSpec.oneForOne(child("a"), child("b").restart(TRANSIENT), child("sup")));

    private String start(String name) {
        return play.on(new Event.StartChild(child(name)));
    }

    private String terminate(String key) {
        return play.on(new Event.TerminateChild(key));
    }

    private String restart(String key) {
        return play.on(new Event.RestartChild(key));
    }

    private String delete(String key) {
        return play.on(new Event.DeleteChild(key));
    }

    @Test
    void shouldPutAFurtherChildBehindAllOthers() {
        assertEquals("start d, done RUNNING", start("d"));
        assertEquals("start d", play.ends("d", "crash"));
        assertEquals("stop sup b a, release d, finish shutdown: too many restarts: d: crash", play.ends("d", "crash"));
    }

    @Test
    void shouldForgetAFurtherChildThatDoesNotStart() {
        assertEquals("start d, failed d no", play.failing("d", 1).on(new Event.StartChild(child("d"))));
        assertEquals("start d, done RUNNING", start("d"));
    }

    @Test
    void shouldRefuseAFurtherChildWhoseNameIsTaken() {
        assertEquals("refused child \"a\" runs already", start("a"));
        assertEquals("release b", play.ends("b"));
        assertEquals("refused child \"b\" is known already and STOPPED: restart it, or delete it first", start("b"));
    }

    @Test
    void shouldKeepATerminatedChildForARestart() {
        assertEquals("stop a, done STOPPED", terminate("a"));
        assertEquals("done STOPPED", terminate("a"), "it has ended, which is all that was wanted");
        assertEquals("start a, done RUNNING", restart("a"));
    }

    @Test
    void shouldNotRestartATerminatedChildByItself() {
        long life = play.life("a");
        assertEquals("stop a, done STOPPED", terminate("a"));
        assertEquals("", play.endsOnceMore("a", life));
    }

    @Test
    void shouldKeepTheSpecWhenARestartByRequestFails() {
        assertEquals("stop a, done STOPPED", terminate("a"));
        assertEquals("start a, failed a no", play.failing("a", 1).on(new Event.RestartChild("a")));
        assertEquals("start a, done RUNNING", restart("a"));
    }

    @Test
    void shouldRefuseToRestartOrDeleteAChildThatRuns() {
        assertEquals("refused child \"a\" runs: terminate it first", restart("a"));
        assertEquals("refused child \"a\" runs: terminate it first", delete("a"));
    }

    @Test
    void shouldRefuseToRestartOrDeleteAChildThatIsAboutToBeRestarted() {
        Play failing = Play.of(SupervisorSpec.oneForOne(child("a")).intensity(9, Duration.ofSeconds(1)));
        assertEquals("start a, later 0", failing.failing("a", 1).ends("a", "crash"));
        String refused = "refused child \"a\" is about to be restarted: terminate it first, or wait";
        assertEquals(refused, failing.on(new Event.RestartChild("a")));
        assertEquals(refused, failing.on(new Event.DeleteChild("a")));
        assertEquals("refused child \"a\" is known already and RESTARTING: restart it, or delete it first",
                failing.on(new Event.StartChild(child("a"))));
        assertEquals("release a, done STOPPED", failing.on(new Event.TerminateChild("a")));
        assertEquals("", failing.retry(), "somebody thought better of it");
        assertEquals("done STOPPED", failing.on(new Event.DeleteChild("a")));
    }

    @Test
    void shouldForgetADeletedChild() {
        assertEquals("stop a, done STOPPED", terminate("a"));
        assertEquals("done STOPPED", delete("a"));
        assertEquals("unknown a", restart("a"));
        assertEquals("unknown a", delete("a"));
        assertEquals("unknown a", terminate("a"));
        assertEquals("start a, done RUNNING", start("a"));
    }

    @Test
    void shouldForgetATemporaryChildThatIsTerminated() {
        assertEquals("start t, done RUNNING", play.on(new Event.StartChild(child("t").restart(TEMPORARY))));
        assertEquals("stop t, done STOPPED", terminate("t"));
        assertEquals("unknown t", restart("t"));
    }

    @Test
    void shouldCountSpecsAndWhatRuns() {
        assertEquals(new Child.Count(3, 3, 1, 2), play.roster().count());
        assertEquals("stop a, done STOPPED", terminate("a"));
        assertEquals("stop sup, done STOPPED", terminate("sup"));
        assertEquals(new Child.Count(3, 1, 1, 2), play.roster().count());
    }

    // ---- DYNAMIC ---------------------------------------------------------------------------------------------------

    @Test
    void shouldForgetDynamicChildrenWhenTheyEndOrAreTerminated() {
        Play dynamic = Play.of(SupervisorSpec.dynamic());
        assertEquals("start #1, done RUNNING", dynamic.on(new Event.StartChild(child("x").anonymous())));
        assertEquals("start y, done RUNNING", dynamic.on(new Event.StartChild(child("y").restart(TRANSIENT))));
        assertEquals("stop together #1, done STOPPED", dynamic.on(new Event.TerminateChild("#1")));
        assertEquals("release y", dynamic.ends("y"));
        assertEquals(new Child.Count(0, 0, 0, 0), dynamic.roster().count());
    }

    @Test
    void shouldRefuseToRestartOrDeleteDynamicChildren() {
        Play dynamic = Play.of(SupervisorSpec.dynamic());
        assertEquals("start a, done RUNNING", dynamic.on(new Event.StartChild(child("a"))));
        String refused = "refused child \"a\" is that of a DYNAMIC supervisor, which forgets children that end: use"
                + " terminateChild and startChild";
        assertEquals(refused, dynamic.on(new Event.RestartChild("a")));
        assertEquals(refused, dynamic.on(new Event.DeleteChild("a")));
    }

    @Test
    void shouldEndDynamicChildrenAllTogether() {
        Play dynamic = Play.of(SupervisorSpec.dynamic());
        assertEquals("start a, done RUNNING", dynamic.on(new Event.StartChild(child("a"))));
        assertEquals("start b, done RUNNING", dynamic.on(new Event.StartChild(child("b"))));
        assertEquals("start a", dynamic.ends("a", "crash"));
        assertEquals("stop together b, release a, finish shutdown: too many restarts: a: crash",
                dynamic.ends("a", "crash"));
    }
}
