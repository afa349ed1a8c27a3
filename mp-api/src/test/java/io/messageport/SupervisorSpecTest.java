package io.messageport;

import static io.messageport.ChildSpec.Restart.PERMANENT;
import static io.messageport.ChildSpec.Restart.TEMPORARY;
import static io.messageport.ChildSpec.Restart.TRANSIENT;
import static io.messageport.SupervisorSpec.AutoShutdown.ANY_SIGNIFICANT;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A specification that contradicts itself is refused, and the message says what to do. */
class SupervisorSpecTest {
    private static final Body NOTHING = self -> {};

    private static ChildSpec child(String name) {
        return ChildSpec.thread(name, NOTHING);
    }

    private static void refused(String message, Executable making) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, making).getMessage());
    }

    @Test
    void shouldRefuseTwoChildrenOfOneName() {
        refused("two children have the name \"a\"", () -> SupervisorSpec.oneForOne(child("a"), child("b"), child("a")));
    }

    @Test
    void shouldRefuseASignificantChildThatIsAlwaysRestarted() {
        refused("child \"a\" is significant and PERMANENT: it is always restarted, so its end can never end the"
                + " supervisor; make it TRANSIENT or TEMPORARY", () -> child("a").significant(true));
        refused("a child without a name is significant and PERMANENT: it is always restarted, so its end can never end"
                + " the supervisor; make it TRANSIENT or TEMPORARY",
                () -> child("a").restart(TEMPORARY).significant(true).anonymous().restart(PERMANENT));
    }

    @Test
    void shouldRefuseASignificantChildWhoseEndWouldNotCount() {
        refused("child \"a\" is significant, but the supervisor's autoShutdown is NEVER: choose another before the"
                + " children, as in oneForOne().autoShutdown(ANY_SIGNIFICANT).children(...)",
                () -> SupervisorSpec.oneForOne(child("a").restart(TRANSIENT).significant(true)));
        SupervisorSpec fitting = SupervisorSpec.oneForOne()
                .autoShutdown(ANY_SIGNIFICANT)
                .children(child("a").restart(TRANSIENT).significant(true));
        assertEquals(1, fitting.children().size());
    }

    @Test
    void shouldRefuseNegativeTimes() {
        refused("the grace of a child must not be negative: PT-1S", () -> child("a").grace(ofSeconds(-1)));
        refused("the least back-off must not be negative: PT-1S", () -> Backoff.between(ofSeconds(-1), ofSeconds(1)));
        refused("the greatest back-off must not be negative: PT-1S",
                () -> new Backoff(Duration.ZERO, ofSeconds(-1), 0, ofSeconds(1)));
        refused("the time after which the back-off is reset must not be negative: PT-1S",
                () -> Backoff.NONE.resetAfter(ofSeconds(-1)));
    }

    @Test
    void shouldRefuseABackoffThatContradictsItself() {
        refused("the least back-off PT2S is longer than the greatest, PT1S",
                () -> Backoff.between(ofSeconds(2), ofSeconds(1)));
        refused("a back-off that begins with nothing never grows to PT1S: give a least one above zero",
                () -> Backoff.between(Duration.ZERO, ofSeconds(1)));
        refused("the jitter of a back-off is a share from 0 to 1, not 1.5", () -> Backoff.NONE.jitter(1.5));
        refused("the jitter of a back-off is a share from 0 to 1, not NaN", () -> Backoff.NONE.jitter(Double.NaN));
    }

    @Test
    void shouldRefuseAnIntensityThatIsNone() {
        refused("the intensity is a number of restarts, not -1",
                () -> SupervisorSpec.oneForOne().intensity(-1, ofSeconds(1)));
        refused("the period must be longer than nothing, not PT0S",
                () -> SupervisorSpec.oneForOne().intensity(1, Duration.ZERO));
        refused("the period must be longer than nothing, not PT-1S",
                () -> SupervisorSpec.oneForOne().intensity(1, ofSeconds(-1)));
    }

    @Test
    void shouldRefuseADynamicSupervisorWithChildrenOfItsOwn() {
        refused("a DYNAMIC supervisor begins without children; start them with startChild, or use another strategy for"
                + " the 1 given", () -> SupervisorSpec.dynamic().children(child("a")));
    }

    @Test
    void shouldRefuseNamesThatCannotBe() {
        refused("the name of a child must not be empty; leave it out instead", () -> child(""));
        refused("the name of a child must not begin with #, which is how a supervisor calls children without a name: #1",
                () -> child("#1"));
    }

    @Test
    void shouldRefuseToKeepAMailboxThatNobodyCouldReach() {
        refused("a child without a name gets a new port ID with each start, so it cannot keep its mailbox; give it a name",
                () -> child("a").anonymous().keepMailbox(true));
        refused("child \"far\" runs on another node, where no mailbox is kept for it",
                () -> ChildSpec.spawn("far", List.of(NodeId.of("n")), "pkg.Worker").keepMailbox(true));
    }

    @Test
    void shouldRefuseASpawnedChildThatCannotRunAnywhere() {
        NodeId node = NodeId.of("n");
        refused("the child pkg.Worker needs at least one node to run on",
                () -> ChildSpec.spawn("far", List.of(), "pkg.Worker"));
        refused("the child pkg.Worker has a node twice in its list [n, n]",
                () -> ChildSpec.spawn("far", List.of(node, node), "pkg.Worker"));
        refused("the child \"Worker\" cannot be spawned: the name of its class or method needs a package (SPN-1)",
                () -> ChildSpec.spawn("far", List.of(node), "Worker"));
    }

    private static void isNull(String message, Executable making) {
        assertEquals(message, assertThrows(NullPointerException.class, making).getMessage());
    }

    @Test
    void shouldNameWhatIsNull() {
        isNull("the name of a child must not be null; anonymous() gives it none", () -> child(null));
        isNull("a child needs a body, not null", () -> ChildSpec.thread("a", null));
        isNull("a child needs a setup, not null", () -> ChildSpec.plain("a", null));
        isNull("a child needs a constructor, not null", () -> ChildSpec.port("a", null));
        isNull("a child needs a constructor, not null", () -> ChildSpec.port(null));
        isNull("a child that is a supervisor needs a spec, not null", () -> ChildSpec.supervisor("a", null));
        isNull("a child on another node needs a list, not null", () -> ChildSpec.spawn("a", null, "pkg.Worker"));
        isNull("a child on another node needs the name of an init, not null",
                () -> ChildSpec.spawn("a", List.of(NodeId.of("n")), null));
        isNull("the rule for the restart of a child must not be null", () -> child("a").restart(null));
        isNull("the way to end a child must not be null", () -> child("a").shutdown(null));
        isNull("the grace of a child must not be null", () -> child("a").grace(null));
        isNull("the back-off of a supervisor must not be null; Backoff.NONE is none",
                () -> SupervisorSpec.oneForOne().backoff(null));
        isNull("the autoShutdown of a supervisor must not be null; NEVER is none",
                () -> SupervisorSpec.oneForOne().autoShutdown(null));
        isNull("the period of a supervisor must not be null", () -> SupervisorSpec.oneForOne().intensity(1, null));
    }

    @Test
    void shouldHaveTheDefaultsOfOtp() {
        SupervisorSpec spec = SupervisorSpec.oneForOne(child("a"));
        assertEquals(1, spec.intensity());
        assertEquals(ofSeconds(5), spec.period());
        assertEquals(SupervisorSpec.AutoShutdown.NEVER, spec.autoShutdown());
        assertEquals(Backoff.NONE, spec.backoff());
        ChildSpec child = spec.children().get(0);
        assertEquals(PERMANENT, child.restart());
        assertEquals(new ChildSpec.Shutdown.Grace(ofSeconds(5)), child.shutdown());
        assertEquals(new ChildSpec.Shutdown.Unlimited(), ChildSpec.supervisor("s", spec).shutdown());
        assertFalse(child.significant());
        assertTrue(child.keepMailbox());
        assertFalse(child.anonymous().keepMailbox());
    }

    @Test
    void shouldChangeOneThingAtATime() {
        ChildSpec child = child("a").restart(TRANSIENT).grace(ofMillis(7)).keepMailbox(false);
        assertEquals(child("a").restart(TRANSIENT).keepMailbox(false).grace(ofMillis(7)), child);
        assertEquals(new ChildSpec.Shutdown.BrutalKill(), child.brutalKill().shutdown());
        assertEquals(List.of(child), SupervisorSpec.restForOne(child).intensity(9, ofSeconds(1)).children());
    }

    @Test
    void shouldTellAnOrderlyEndFromAnother() {
        assertTrue(Reason.normal().isOrderly());
        assertTrue(Reason.of("shutdown").isOrderly());
        assertTrue(Reason.of("shutdown", "node closed").isOrderly());
        assertFalse(Reason.of("shut").isOrderly());
        assertFalse(new Reason.Died("shutdown").isOrderly());
    }
}
