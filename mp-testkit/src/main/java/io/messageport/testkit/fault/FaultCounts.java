package io.messageport.testkit.fault;

/**
 * What faults have done so far, in pieces: frames in memory, chunks of bytes on a socket. One piece may count under
 * several headings.
 *
 * @param passed how many went on their way, damaged, late and doubled ones included
 * @param dropped how many were lost
 * @param delayed how many were made late by delay, jitter or throttle
 * @param duplicated how many went twice
 * @param reordered how many were held back for others to overtake
 * @param corrupted how many had a bit flipped
 * @param held how many had to wait because nothing passed
 * @param cuts how many connections were reset on purpose
 */
public record FaultCounts(
        long passed,
        long dropped,
        long delayed,
        long duplicated,
        long reordered,
        long corrupted,
        long held,
        long cuts) {
    /** Nothing has happened. */
    public static final FaultCounts NONE = new FaultCounts(0, 0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public FaultCounts plus(FaultCounts other) {
        return new FaultCounts(passed + other.passed, dropped + other.dropped, delayed + other.delayed,
                duplicated + other.duplicated, reordered + other.reordered, corrupted + other.corrupted,
                held + other.held, cuts + other.cuts);
    }
}
