package io.messageport.testkit.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.RemoteSpawn;
import io.messageport.testkit.MpTest;
import io.messageport.testkit.TestNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A peer that knows the secret can do what members may do, and nothing else. */
@MpTest(ids = {"victim", "honest"})
@Tag("T-16")
class HostilePeerTest {
    private static final AtomicBoolean LOADED = new AtomicBoolean();
    private static final AtomicInteger GRANTED = new AtomicInteger();

    private final Node victim;
    private final Node honest;
    private final Intruder intruder;
    private final Port echo;
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.messageport");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    HostilePeerTest(TestNodes nodes, Node victim, Node honest) {
        this.victim = victim;
        this.honest = honest;
        echo = victim.port("echo", port -> port.on("say", m -> port.reply(m.get(0))));
        intruder = new Intruder(victim, nodes.secret());
    }

    static final class Ungranted extends Port {
        static {
            LOADED.set(true);
        }
    }

    @RemoteSpawn
    static void granted(Port self) {
        GRANTED.incrementAndGet();
        self.ignoreUnmatched();
    }

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void leave() {
        boolean unused = logger.detachAppender(log);
        intruder.close();
    }

    private void honestPeerNoticesNothing() throws Exception {
        assertEquals("hello", honest.call(echo.id(), "say", "hello").await().get(0));
        assertTrue(echo.isAlive());
    }

    private long logged(String part) {
        return List.copyOf(log.list).stream().filter(e -> e.getFormattedMessage().contains(part)).count();
    }

    @Test
    @Tag("SPN-4")
    void shouldRefuseToSpawnWhatWasNotGranted() throws Exception {
        String name = "%s$Ungranted".formatted(HostilePeerTest.class.getName());
        for (String init : List.of(name, "java.lang.Runtime.exit", "java.lang.ProcessBuilder", "x", "", "..",
                "a.b\n")) {
            String port = spawnName();
            assertTrue(intruder.say("mon1", port));
            assertTrue(intruder.say("spw", port, init, List.of()));
            String end = intruder.heard("kil0 " + port);
            assertFalse(end.contains("normal"), end);
        }
        assertFalse(LOADED.get(), "the class was initialised");
        assertTrue(logged("refused") > 0, "nothing in the log");
        String port = spawnName();
        assertTrue(intruder.say("spw", port, HostilePeerTest.class.getName() + "::granted", List.of()));
        assertTrue(intruder.say("mon1", port));
        assertTrue(intruder.say("kil", port, "over"));
        assertEquals("kil0 " + port + " over", intruder.heard("kil0 " + port));
        assertEquals(1, GRANTED.get(), "and yet what is granted works");
        honestPeerNoticesNothing();
    }

    /** A name that another node may give to a port here. */
    private String spawnName() {
        return "~" + Long.toString(new Random().nextLong() >>> 1, 36) + ".1";
    }

    @Test
    void shouldKeepTheNodePortAliveAndTheLogShortWhateverIsAskedOfIt() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            assertTrue(intruder.say("kil", "", "die"));
            assertTrue(intruder.say("spw", "echo", "x.y", List.of()));
            assertTrue(intruder.say("spw", spawnName(), "x.y", List.of()));
            assertTrue(intruder.say("want", "stranger", "127.0.0.1:1"));
        }
        assertTrue(intruder.say("mon1", ""));
        assertTrue(intruder.say("find", victim.id()));
        String unused = intruder.heard("at victim");
        honestPeerNoticesNothing();
        assertTrue(logged("own port") > 0, "nothing in the log");
        assertTrue(logged("only a global node may say so") > 0, "nothing in the log");
        assertTrue(log.list.size() < 200, () -> log.list.size() + " lines in the log");
    }

    @Test
    void shouldSurviveAnyGuessOfPorts() throws Exception {
        guess(20_000);
    }

    @Test
    @Tag("soak")
    void shouldSurviveAMillionGuessesOfPorts() throws Exception {
        guess(1_000_000);
    }

    private void guess(int count) throws Exception {
        int ports = victim.tree().size();
        for (int i = 0; i < count; i++) {
            String name = spawnName();
            assertTrue(intruder.link().send(name, new Object[] {"hello"}));
            assertTrue(intruder.say("mon1", name));
            assertTrue(intruder.say("kil", name, "die"));
        }
        String last = spawnName();
        assertTrue(intruder.say("mon1", last));
        String unused = intruder.heard("kil0 " + last);
        honestPeerNoticesNothing();
        assertEquals(ports, victim.tree().size(), "ports came or went");
        assertTrue(log.list.size() < 200, () -> log.list.size() + " lines in the log");
    }

    @Test
    void shouldEndTheConnectionOfAPeerThatTalksNonsense() throws Exception {
        List<Object[]> nonsense = new ArrayList<>();
        for (String verb : List.of("mon1", "mon0", "kil0", "kil", "spw", "here", "find", "at", "role", "mas", "glob",
                "db")) {
            nonsense.add(new Object[] {verb});
            nonsense.add(new Object[] {verb, 7, List.of(verb), Map.of()});
            nonsense.add(new Object[] {verb, null, null, null});
            nonsense.add(new Object[] {verb, "a#b", PortId.of("a#b"), -1L, new byte[3]});
        }
        nonsense.add(new Object[] {});
        nonsense.add(new Object[] {null});
        nonsense.add(new Object[] {List.of(List.of())});
        for (Object[] message : nonsense) {
            boolean unused = intruder.say(message);
            honestPeerNoticesNothing();
        }
        assertEquals(List.of(), List.copyOf(log.list).stream()
                .filter(event -> event.getLevel().toInt() >= ch.qos.logback.classic.Level.ERROR_INT)
                .map(ILoggingEvent::getFormattedMessage).toList());
    }
}
