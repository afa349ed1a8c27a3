package io.messageport.runtime.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.NodeId;
import io.messageport.runtime.network.Roles.Act;
import io.messageport.runtime.network.Roles.Standing;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What each event does to the roles, and what follows from it. */
@Tag("DB-1")
class RolesTableTest {
    private static final NodeId A = NodeId.of("a");
    private static final NodeId B = NodeId.of("b");
    private static final NodeId C = NodeId.of("c");

    private final Roles roles = new Roles();

    private static Act say(NodeId to, String verb, String... more) {
        return new Act.Say(to, verb, more);
    }

    private static Act global(NodeId to) {
        return say(to, "role", "global");
    }

    private static void expect(List<Act> done, Act... acts) {
        assertEquals(List.of(acts), done);
    }

    @Test
    void shouldMakeTheFirstSeedTheMasterAndTellTheOthersThatTheyAreSeeds() {
        expect(roles.up(A));
        expect(roles.seed(A), say(A, "mas"), new Act.MasterUp(A));
        expect(roles.seed(A));
        expect(roles.up(B));
        expect(roles.seed(B), say(B, "seed"));
        expect(roles.up(C));
        assertEquals(new Standing(false, A, Set.of(), Set.of(A, B)), roles.standing());
    }

    @Test
    void shouldTakeTheNextSeedWhenTheMasterIsLostAndNoneWhenThereIsNone() {
        roles.up(C);
        roles.up(A);
        roles.up(B);
        roles.seed(A);
        roles.seed(B);
        expect(roles.down(A), new Act.MasterLost(A), say(B, "mas"), new Act.MasterUp(B));
        expect(roles.down(B), new Act.MasterLost(B));
        expect(roles.up(A), say(A, "mas"), new Act.MasterUp(A));
        expect(roles.up(B), say(B, "seed"));
    }

    @Test
    void shouldTakeNoOtherMasterWhenItEnds() {
        roles.up(A);
        roles.up(B);
        roles.seed(A);
        roles.seed(B);
        expect(roles.close());
        expect(roles.down(A), new Act.MasterLost(A));
        expect(roles.down(B));
    }

    @Test
    void shouldNotChooseANodeThatIsNoSeedAnyMore() {
        roles.up(A);
        roles.up(B);
        roles.seed(A);
        roles.seed(B);
        expect(roles.noSeed(B));
        expect(roles.noSeed(A));
        assertEquals(A, roles.standing().master(), "it stays the master until it is lost");
        expect(roles.down(A), new Act.MasterLost(A));
    }

    @Test
    void shouldBecomeGlobalOnceAndLetItsMasterGoFirst() {
        roles.up(A);
        roles.seed(A);
        expect(roles.isGlobal(A));
        roles.up(B);
        expect(roles.promote(), say(A, "mas0"), new Act.MasterLost(A), new Act.Promoted(), global(A), global(B),
                new Act.GlobalUp(A));
        expect(roles.promote());
        expect(roles.up(C), global(C));
        assertTrue(roles.standing().global());
        assertEquals(Set.of(A), roles.standing().globals());
    }

    @Test
    void shouldBecomeGlobalWhenChosenAndHaveTheSlaveUntilItLeavesOrIsLost() {
        roles.up(A);
        expect(roles.chosenBy(A), new Act.Promoted(), global(A), new Act.SlaveUp(A));
        expect(roles.chosenBy(A));
        expect(roles.leftBy(A), new Act.SlaveLost(A));
        expect(roles.leftBy(A));
        expect(roles.chosenBy(A), new Act.SlaveUp(A));
        expect(roles.down(A), new Act.SlaveLost(A));
        expect(roles.chosenBy(A));
        expect(roles.up(B), global(B));
        expect(roles.chosenBy(B), new Act.SlaveUp(B));
        expect(roles.isGlobal(B), new Act.SlaveLost(B), new Act.GlobalUp(B));
        expect(roles.chosenBy(B));
        expect(roles.down(B), new Act.GlobalLost(B));
    }

    @Test
    void shouldMakeGlobalNodesKnownToEachOther() {
        roles.promote();
        roles.up(A);
        roles.up(B);
        roles.up(C);
        expect(roles.isGlobal(A), new Act.GlobalUp(A));
        expect(roles.isGlobal(A));
        expect(roles.isGlobal(B), new Act.GlobalUp(B), new Act.Introduce(B, A), new Act.Introduce(A, B));
    }

    @Test
    void shouldMakeGlobalNodesKnownToItsMasterOnly() {
        roles.up(A);
        roles.up(B);
        roles.up(C);
        expect(roles.isGlobal(B));
        expect(roles.isGlobal(C));
        roles.seed(A);
        expect(roles.isGlobal(A), new Act.Introduce(A, B), new Act.Introduce(B, A), new Act.Introduce(A, C),
                new Act.Introduce(C, A));
        roles.seed(B);
        expect(roles.down(A), new Act.MasterLost(A), say(B, "mas"), new Act.MasterUp(B), new Act.Introduce(B, C),
                new Act.Introduce(C, B));
    }

    @Test
    void shouldTellTheLossFirstWhenANodeIsUpOverAnotherConnection() {
        roles.up(A);
        roles.seed(A);
        expect(roles.up(A), new Act.MasterLost(A), say(A, "mas"), new Act.MasterUp(A));
        assertFalse(roles.standing().global());
    }

    @Test
    void shouldKeepTwoNodesThatAreEachOthersSeedAsGlobals() {
        Roles other = new Roles();
        roles.up(B);
        other.up(A);
        roles.seed(B);
        other.seed(A);
        // What each has said to the other crosses.
        expect(roles.chosenBy(B), say(B, "mas0"), new Act.MasterLost(B), new Act.Promoted(), global(B),
                new Act.SlaveUp(B));
        expect(other.chosenBy(A), say(A, "mas0"), new Act.MasterLost(A), new Act.Promoted(), global(A),
                new Act.SlaveUp(A));
        expect(roles.leftBy(B), new Act.SlaveLost(B));
        expect(roles.isGlobal(B), new Act.GlobalUp(B));
        expect(other.leftBy(A), new Act.SlaveLost(A));
        expect(other.isGlobal(A), new Act.GlobalUp(A));
        assertEquals(Set.of(B), roles.standing().needed());
    }
}
