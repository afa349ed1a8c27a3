package io.messageport.runtime.kernel;

import io.messageport.PortId;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that found nobody ({@code SND-2}): counted, and told to whoever debugs. A reply that comes when its call is
 * over is one too, but counted apart, since it is no sign of a wrong address. Any thread.
 */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final PortTable table;
    private final LongAdder count = new LongAdder();
    private final LongAdder lateReplies = new LongAdder();

    /** Those of the node with this table. */
    public DeadLetters(PortTable table) {
        this.table = table;
    }

    /** Notes one message that was dropped because its target does not live. */
    public void add(PortId target, Object payload) {
        boolean late = table.isReplyName(target.name());
        (late ? lateReplies : count).increment();
        if (LOG.isDebugEnabled()) {
            LOG.debug("{} to {}: {}", late ? "late reply" : "dead letter", target, Payloads.describe(payload));
        }
    }

    /** How many there have been, without late replies. */
    public long count() {
        return count.sum();
    }

    /** How many late replies there have been. */
    public long lateReplies() {
        return lateReplies.sum();
    }
}
