package io.messageport.transport.peer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * A few thousand of each with every build; the full numbers with {@code mvn verify -Psoak -pl mp-transport -am}. System
 * properties: {@code messageport.fuzz.frames}, {@code messageport.fuzz.handshakes}, {@code messageport.fuzz.seed},
 * {@code messageport.fuzz.tls}.
 */
class FuzzTest {
    private static final long SEED = Long.getLong("messageport.fuzz.seed", 20_261_120L);

    private final Logger log = (Logger) LoggerFactory.getLogger("io.messageport.transport");
    private Level usual;

    /** Each refusal is worth a line, but not a million of them. */
    @BeforeEach
    void logErrorsOnly() {
        usual = log.getLevel();
        log.setLevel(Level.ERROR);
    }

    @AfterEach
    void logAsUsual() {
        log.setLevel(usual);
    }

    @Test
    @Tag("T-2")
    @Timeout(180) // nearly all of it is waiting for the ends of three thousand links
    void shouldSurviveDamagedFrames() throws InterruptedException {
        frames(4000);
    }

    @Test
    @Tag("T-1")
    void shouldSurviveDamagedHandshakes() throws InterruptedException {
        handshakes(2000, false);
    }

    @Test
    @Tag("T-1")
    void shouldSurviveDamagedHandshakesInsideOfTls() throws InterruptedException {
        handshakes(300, true);
    }

    @Test
    @Tag("T-2")
    @Tag("soak")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void shouldSurviveAMillionDamagedFrames() throws InterruptedException {
        frames(Long.getLong("messageport.fuzz.frames", 1_000_000L));
    }

    @Test
    @Tag("T-1")
    @Tag("soak")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void shouldSurviveAHundredThousandDamagedHandshakes() throws InterruptedException {
        handshakes(Long.getLong("messageport.fuzz.handshakes", 100_000L), Boolean.getBoolean("messageport.fuzz.tls"));
    }

    private static void frames(long count) throws InterruptedException {
        try (FuzzTarget target = new FuzzTarget()) {
            String warmUp = new FrameFuzz(target).run(500, SEED + 1000);
            target.received.set(0);
            target.takeStock();
            String figures = new FrameFuzz(target).run(count, SEED);
            System.out.println("fuzz " + figures + ' ' + target.report() + " seed=" + SEED + " (after " + warmUp + ')');
        }
    }

    private static void handshakes(long count, boolean tls) throws InterruptedException {
        try (FuzzTarget target = new FuzzTarget(tls)) {
            String warmUp = new HandshakeFuzz(target).run(200, SEED + 1000);
            target.takeStock();
            String figures = new HandshakeFuzz(target).run(count, SEED);
            System.out.println("fuzz tls=" + tls + ' ' + figures + ' ' + target.report() + " seed=" + SEED + " (after "
                    + warmUp + ')');
        }
    }
}
