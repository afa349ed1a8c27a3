package io.messageport.runtime.network;

import io.messageport.Reason;
import io.messageport.runtime.link.Link;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Node messages that carry a reason. */
final class Wire {
    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
    private static final int MOST_TEXT = 1000;

    /** The first value of a reason that stands for one which cannot cross. */
    private static final String UNENCODABLE = "unencodable_reason";

    private Wire() {}

    /**
     * Sends {@code (verb, port, reason...)}. A reason holds whatever somebody killed with; what cannot cross the network
     * crosses as its text, and a reason that not even so fits crosses as {@link #UNENCODABLE}, because a death must never
     * go untold.
     *
     * @return false when the link is lost: nothing was sent
     * @throws IllegalArgumentException when it is the port's name that cannot cross
     */
    static boolean sendReason(Link link, String verb, String port, Reason reason) {
        List<Object> values = reason.values();
        Object[] message = new Object[2 + values.size()];
        message[0] = verb;
        message[1] = port;
        for (int i = 0; i < values.size(); i++) {
            message[2 + i] = values.get(i);
        }
        try {
            return link.sendControl(message);
        } catch (RuntimeException unencodable) {
            for (int i = 2; i < message.length; i++) {
                message[i] = text(message[i]);
            }
        }
        try {
            return link.sendControl(message);
        } catch (RuntimeException unencodable) {
            LOG.warn("the reason of a {} for port {} cannot cross to node {}", verb, port, link.peer(), unencodable);
            return link.sendControl(verb, port, UNENCODABLE, "the reason cannot cross the network");
        }
    }

    /** The text of a foreign value, or at least its class. */
    private static String text(Object value) {
        String text;
        try {
            text = String.valueOf(value);
        } catch (RuntimeException | StackOverflowError speechless) {
            text = value.getClass().getName();
        }
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT);
    }
}
