package io.messageport.runtime.kernel;

import io.messageport.PortId;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages that found nobody ({@code SND-2}): counted, and told to whoever debugs. Any thread. */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final LongAdder count = new LongAdder();

    /** Notes one message that was dropped because its target does not live. */
    public void add(PortId target, Object payload) {
        count.increment();
        if (LOG.isDebugEnabled()) {
            LOG.debug("dead letter to {}: {}", target, Payloads.describe(payload));
        }
    }

    /** How many there have been. */
    public long count() {
        return count.sum();
    }
}
