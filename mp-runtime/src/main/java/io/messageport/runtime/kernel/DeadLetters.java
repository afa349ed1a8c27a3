package io.messageport.runtime.kernel;

import io.messageport.DeadLetter;
import io.messageport.DeadLetter.Cause;
import io.messageport.Message;
import io.messageport.PortId;
import io.messageport.face.Faces;
import io.messageport.runtime.observe.Observation;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that found nobody ({@code SND-2}): counted, and told to whoever listens or debugs. A reply that comes when its
 * call is over is one too, but counted apart, since it is no sign of a wrong address. Any thread.
 */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final PortTable table;
    private final Faces faces;
    private final Observation observation;
    private final LongAdder count = new LongAdder();
    private final LongAdder lateReplies = new LongAdder();

    /** Those of the node with this table. */
    public DeadLetters(PortTable table, Faces faces, Observation observation) {
        this.table = table;
        this.faces = faces;
        this.observation = observation;
    }

    /** Notes one message that nobody handles; one for a reply port is a late reply, whatever the cause. */
    public void add(PortId target, Object payload, Cause seen) {
        Cause cause = table.isReplyName(target.name()) ? Cause.LATE_REPLY : seen;
        (cause == Cause.LATE_REPLY ? lateReplies : count).increment();
        observation.records().deadLetter(target, Payloads.tag(payload), cause);
        if (!observation.deadLetters().isEmpty()) {
            Message message = Payloads.view(faces, payload, 0);
            observation.deadLetters().tell(untold -> new DeadLetter(target, message, cause, untold));
        }
        if (LOG.isDebugEnabled()) {
            LOG.debug("dead letter to {}: {} ({})", target, Payloads.describe(payload), cause);
        }
    }

    /** Notes one message that a port left behind when it died. */
    void left(PortId target, Object payload) {
        add(target, payload, Cause.PORT_DIED);
    }

    /** Notes one message that was dropped because the mailbox was full. */
    void refused(PortId target, Object payload) {
        add(target, payload, Cause.MAILBOX_FULL);
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
