package io.messageport;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The one way in which a {@link CallGroup} ended. */
public sealed interface CallGroupOutcome {
    /** How many replies were needed. */
    int needed();

    /** How each single call ended, by port, in the order asked; unmodifiable. */
    Map<PortId, CallOutcome> outcomes();

    /** The replies, by port, in the order asked. */
    default Map<PortId, Message> replies() {
        Map<PortId, Message> replies = new LinkedHashMap<>();
        outcomes().forEach((port, outcome) -> {
            if (outcome instanceof CallOutcome.Reply reply) {
                replies.put(port, reply.message());
            }
        });
        return Collections.unmodifiableMap(replies);
    }

    /**
     * Enough ports replied.
     *
     * @param needed how many replies were needed
     * @param outcomes by port; {@link CallOutcome.Cancelled} for those whose reply no longer mattered
     */
    record Enough(int needed, Map<PortId, CallOutcome> outcomes) implements CallGroupOutcome {
        /** Keeps its own copy. */
        public Enough {
            outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
        }
    }

    /**
     * Too few ports replied.
     *
     * @param needed how many replies were needed
     * @param outcomes by port; {@link CallOutcome.Cancelled} for those whose reply no longer mattered
     */
    record TooFew(int needed, Map<PortId, CallOutcome> outcomes) implements CallGroupOutcome {
        /** Keeps its own copy. */
        public TooFew {
            outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
        }
    }
}
