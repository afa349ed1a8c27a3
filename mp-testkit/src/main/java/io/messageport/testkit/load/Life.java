package io.messageport.testkit.load;

import java.util.List;

/**
 * What one life of one node has written down.
 *
 * @param node its number
 * @param life counts from 0
 * @param sent the epochs its senders began, each sender's in order
 * @param received the runs that came to its receivers, each receiver's in order
 * @param spoiled messages whose content was not what was sent
 * @param unwritten entries for which the journal had no room
 */
public record Life(int node, int life, List<Sent> sent, List<Received> received, long spoiled, long unwritten) {
    /** Takes private copies. */
    public Life {
        sent = List.copyOf(sent);
        received = List.copyOf(received);
    }
}
