package io.messageport.runtime.network;

import io.messageport.Message;
import io.messageport.MessageMismatchException;
import io.messageport.NodeId;
import io.messageport.Reason;
import io.messageport.runtime.link.Link;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Node messages: what they carry that may be too long. */
final class Wire {
    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
    private static final int MOST_TEXT = 1000;

    /** Characters of a node's name; the greeting, in which a node says its own, has no room for more. */
    private static final int LONGEST_NAME = 4096;

    /** The first value of a reason that stands for one which cannot cross. */
    private static final String UNENCODABLE = "unencodable_reason";

    private Wire() {}

    /**
     * Sends a message that names nodes and addresses; what is too large for this node's limit is logged.
     *
     * @return whether it was sent
     */
    static boolean tell(Link link, Object... message) {
        try {
            return link.sendControl(message);
        } catch (IllegalArgumentException tooLarge) {
            LOG.warn("node {} is not told \"{}\": {}", link.peer(), message[0], tooLarge.getMessage());
            return false;
        }
    }

    /**
     * A node that a peer names.
     *
     * @throws MessageMismatchException when it is none, or longer than any node's name is
     */
    static NodeId node(Message message, int index) {
        NodeId node = message.node(index);
        if (node.value().length() > LONGEST_NAME) {
            throw new MessageMismatchException(
                    "the name of a node has " + node.value().length() + " characters, more than "
                            + LONGEST_NAME);
        }
        return node;
    }

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
