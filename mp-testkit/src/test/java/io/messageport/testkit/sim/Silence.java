package io.messageport.testkit.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Keeps thousands of ports that die as they should out of the log, and what must not be logged at all on a list. */
final class Silence implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.messageport");
    private final Level before = logger.getLevel();
    private final ListAppender<ILoggingEvent> errors = new ListAppender<>();

    Silence() {
        logger.setLevel(Level.ERROR);
        logger.setAdditive(false);
        errors.start();
        logger.addAppender(errors);
    }

    void requireNoErrors() {
        assertEquals(List.of(), errors.list.stream().map(ILoggingEvent::toString).toList());
    }

    @Override
    public void close() {
        boolean unused = logger.detachAppender(errors);
        logger.setAdditive(true);
        logger.setLevel(before);
    }
}
