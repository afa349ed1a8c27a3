package io.messageport.testkit.hostile;

import static io.messageport.Database.atLeast;
import static io.messageport.Database.containing;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.messageport.Database;
import io.messageport.FamilyView;
import io.messageport.Guard;
import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.testkit.MpTest;
import io.messageport.testkit.TestNodes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A peer that knows the secret cannot touch what other nodes have set, nor fill a node's memory or log. */
@MpTest(ids = {"victim", "honest"})
@Tag("T-16")
@Tag("DB-3")
class HostileDatabaseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final NodeId SELF = NodeId.of("intruder");
    private static final long LIFE = 7;
    private static final int FLOOD = 3_000;

    private final Node victim;
    private final Node honest;
    private final Intruder intruder;
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.messageport");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    /** What somebody who watches at the victim has been told, and at the honest node. */
    private final ConcurrentLinkedQueue<Map<String, Object>> atVictim = new ConcurrentLinkedQueue<>();

    private final ConcurrentLinkedQueue<Map<String, Object>> atHonest = new ConcurrentLinkedQueue<>();
    private Guard watch;
    private Guard otherWatch;

    HostileDatabaseTest(TestNodes nodes, Node victim, Node honest) {
        this.victim = victim;
        this.honest = honest;
        intruder = new Intruder(victim, nodes.secret());
    }

    @BeforeEach
    void begin() throws InterruptedException {
        log.start();
        logger.addAppender(log);
        honest.db().set("f", "k", "honest");
        victim.db().set("f", "v", "victim");
        assertEquals(2, honest.db().await("f", atLeast(2), PATIENCE).size());
        assertEquals(2, victim.db().await("f", atLeast(2), PATIENCE).size());
        watch = victim.db().watch("f", change -> atVictim.add(Map.copyOf(change.now().entries())));
        otherWatch = honest.db().watch("f", change -> atHonest.add(Map.copyOf(change.now().entries())));
    }

    @AfterEach
    void end() {
        boolean unused = logger.detachAppender(log);
        watch.close();
        otherWatch.close();
        intruder.close();
    }

    private long logged(String part) {
        return List.copyOf(log.list).stream().filter(e -> e.getFormattedMessage().contains(part)).count();
    }

    private void say(Object... message) {
        assertTrue(intruder.say(message), () -> "the connection is over: " + intruder.lost.getNow("no"));
    }

    /** A change of one owner's, in the name of that owner. */
    private void tell(NodeId owner, long number, Object... change) {
        say("dbd", "", owner, LIFE, number, 0L, 2, 0L, 1, List.of(change));
    }

    /** All that was said has had its turn: an honest entry of the intruder's own is the last that is dealt with. */
    private void untilDealtWith(long number) throws InterruptedException {
        tell(SELF, number, number, 1L, "last", "of " + number, "v");
        assertTrue(victim.db().await("last", containing("of " + number), PATIENCE).contains("of " + number));
    }

    /** Neither watcher has ever been told of anything but what the two honest nodes have set. */
    private void honestEntriesAreUntouched() throws InterruptedException {
        Map<String, Object> right = Map.of("k", "honest", "v", "victim");
        assertEquals(right, victim.db().family("f").entries());
        assertEquals(right, honest.db().family("f").entries());
        honest.db().set("f", "later", 1);
        assertTrue(victim.db().await("f", containing("later"), PATIENCE).contains("later"));
        await().atMost(PATIENCE).until(() -> atVictim.size() == 2 && atHonest.size() == 2);
        assertEquals(right, atVictim.peek());
        assertEquals(right, atHonest.peek());
    }

    private void logIsShort() {
        assertTrue(log.list.size() < 100, () -> log.list.size() + " lines in the log");
        assertEquals(List.of(), List.copyOf(log.list).stream().filter(event -> event.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage).toList());
    }

    /** It is let in as a slave, which may tell of itself and of nobody else. */
    private void becomeSlave() throws InterruptedException {
        say("mas");
        say("dbb");
        say("dbh", SELF, LIFE, 1L);
        String unused = intruder.heard("dbq intruder");
    }

    @Test
    void shouldRefuseWhatASlaveSaysOfOthersHoweverOften() throws Exception {
        becomeSlave();
        for (int i = 0; i < FLOOD; i++) {
            NodeId other = i % 2 == 0 ? honest.id() : victim.id();
            say("dbh", other, LIFE, 9L);
            tell(other, 9, 9L, 1L << 60, "f", "k", "forged");
            tell(other, 9, 9L, 0L, "f", "k");
            say("dbx", List.of("", 0L, other));
        }
        untilDealtWith(2);
        honestEntriesAreUntouched();
        assertTrue(logged("claimed to speak for node") > 0, "nothing in the log");
        logIsShort();
    }

    @Test
    @Tag("DB-2")
    void shouldRefuseEntriesThatNobodyMayHaveHoweverMany() throws Exception {
        becomeSlave();
        List<Object[]> unfit = List.of(
                new Object[] {2L, 1L, "f", "k".repeat(Database.LONGEST_KEY + 1), "v"},
                new Object[] {2L, 1L, "f", "", "v"},
                new Object[] {2L, 1L, "f".repeat(Database.LONGEST_FAMILY + 1), "k", "v"},
                new Object[] {2L, 1L, "no family", "k", "v"},
                new Object[] {2L, 1L, Database.NODES, "honest", List.of("127.0.0.1:1")},
                new Object[] {2L, 1L, "f", "k", "v".repeat(Database.LARGEST_VALUE + 1)},
                new Object[] {2L, Long.MAX_VALUE, "f", "k", "v"},
                new Object[] {-2L, 1L, "f", "k", "v"});
        for (int i = 0; i < FLOOD / 10; i++) {
            for (Object[] change : unfit) {
                tell(SELF, 2, change);
            }
        }
        untilDealtWith(3);
        honestEntriesAreUntouched();
        assertEquals(Set.of("victim", "honest"), victim.db().keys(Database.NODES));
        assertTrue(logged("sent a malformed message") > 0, "nothing in the log");
        logIsShort();
    }

    /** Whoever knows the secret may say that it is global, and is believed of nodes that nobody else knows; no further. */
    @Test
    void shouldBelieveTheOwnersBeforeAGlobalNodeThatLies() throws Exception {
        say("role", "global");
        say("dbb");
        for (NodeId owner : List.of(SELF, honest.id(), victim.id(), NodeId.of("ghost"))) {
            say("dbh", owner, LIFE, 9L);
            tell(owner, 9, 9L, 1L << 60, owner.value().equals("ghost") ? "ghosts" : "f", "k", "forged by " + owner);
            if (!owner.equals(SELF)) {
                say("dbx", List.of("", 0L, owner));
                say("dbh", owner, LIFE, 9L);
                tell(owner, 9, 9L, 1L << 60, owner.value().equals("ghost") ? "ghosts" : "g", "k", "forged by " + owner);
            }
        }
        assertTrue(honest.db().await("ghosts", containing("k"), PATIENCE).contains("k"));
        assertEquals("forged by intruder", victim.db().await("f", view -> "forged by intruder".equals(view.value("k")),
                PATIENCE).value("k"), "its own entry may have any version");
        assertTrue(victim.db().family("g").isEmpty());
        say("dbx", List.of("", 0L, SELF));
        assertEquals("honest", victim.db().await("f", view -> "honest".equals(view.value("k")), PATIENCE).value("k"));
        assertEquals("victim", victim.db().family("f").value("v"));
        intruder.close();
        assertTrue(honest.db().await("ghosts", FamilyView::isEmpty, PATIENCE).isEmpty());
        assertEquals(Map.of("k", "honest", "v", "victim"), honest.db().family("f").entries());
    }
}
