package io.messageport.testkit.load;

/**
 * A run of messages that came to one receiver, each numbered one higher than the one before it.
 *
 * @param of the stream they belong to
 * @param life of the receiver's node, from 0
 * @param epoch of the sender
 * @param first the number of the first one
 * @param count how many
 * @param firstAt when the first was handled
 * @param lastAt when the last was handled
 */
public record Received(Stream of, int life, int epoch, long first, long count, long firstAt, long lastAt) {
    /** The number behind the last one. */
    public long end() {
        return first + count;
    }
}
