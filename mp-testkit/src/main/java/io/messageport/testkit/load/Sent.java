package io.messageport.testkit.load;

/**
 * One epoch of one sender to one receiver: what it sent from the making of a monitor until that fired.
 *
 * @param by the stream it is an epoch of
 * @param epoch counts from 0
 * @param monitoredAt when {@code monitor} had returned; 0 when it never did
 * @param begun how many sends were begun: the numbers 0 to {@code begun - 1}
 * @param done how many of these had returned
 * @param firedAt when the monitor's callback began; 0 when it never did
 * @param fires how many times it was called
 */
public record Sent(Stream by, int epoch, long monitoredAt, long begun, long done, long firedAt, long fires) {
    /** Whether the monitor has fired. */
    public boolean fired() {
        return firedAt != 0;
    }
}
