package io.messageport.runtime.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.messageport.Guard;
import io.messageport.spi.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How often one trouble is logged. */
class ComplaintTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("test.complaint");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private long now = Long.MAX_VALUE - 5;
    private final Complaint complaint = new Complaint(logger, new Clock() {
        @Override
        public long nanos() {
            return now;
        }

        @Override
        public Guard schedule(long delayNanos, Runnable task) {
            throw new AssertionError("nothing to schedule");
        }

        @Override
        public void close() {}
    });

    ComplaintTest() {
        logger.setAdditive(false);
        logger.addAppender(log);
        log.start();
    }

    private List<String> warnings() {
        return log.list.stream().filter(event -> event.getLevel() == Level.WARN).map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private void later(Duration time) {
        now += time.toNanos();
    }

    @Test
    void shouldWarnOnceOfTheSameAndSeldomOfWhatChanges() {
        complaint.about("refused");
        complaint.about("refused");
        complaint.about("no route");
        later(Duration.ofSeconds(29));
        complaint.about("refused");
        complaint.about("no route");
        assertEquals(List.of("refused"), warnings());
        later(Duration.ofSeconds(1));
        complaint.about("refused");
        complaint.about("no route");
        assertEquals(List.of("refused", "no route"), warnings());
        later(Duration.ofMinutes(10));
        complaint.about("no route");
        assertEquals(3, warnings().size());
        complaint.settled();
        complaint.about("no route");
        assertEquals(4, warnings().size());
    }
}
