package io.messageport.runtime.network;

import io.messageport.Reason;
import io.messageport.runtime.link.Link;
import java.util.List;

/** Node messages that carry a reason. */
final class Wire {
    private Wire() {}

    /**
     * Sends {@code (verb, port, reason...)}. A reason holds whatever somebody killed with; what cannot cross the network
     * crosses as its text, because a death must never go untold.
     */
    static void sendReason(Link link, String verb, String port, Reason reason) {
        List<Object> values = reason.values();
        Object[] message = new Object[2 + values.size()];
        message[0] = verb;
        message[1] = port;
        for (int i = 0; i < values.size(); i++) {
            message[2 + i] = values.get(i);
        }
        boolean ignored;
        try {
            ignored = link.sendControl(message);
        } catch (IllegalArgumentException unencodable) {
            for (int i = 2; i < message.length; i++) {
                String text = String.valueOf(message[i]);
                message[i] = text.length() <= 1000 ? text : text.substring(0, 1000);
            }
            ignored = link.sendControl(message);
        }
    }
}
