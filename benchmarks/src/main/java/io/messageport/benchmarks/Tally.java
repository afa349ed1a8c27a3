package io.messageport.benchmarks;

/**
 * What a receiver of numbers does with them, on both sides: adds them up, and reports the sum once it has handled as
 * many as were sent. Owned by the receiver; {@link #expect} is for the measuring thread, before it sends.
 */
final class Tally {
    private final Round round;
    private int expected;
    private int handled;
    private long sum;

    Tally(Round round) {
        this.round = round;
    }

    void expect(int messages) {
        expected = messages;
        handled = 0;
        sum = 0;
    }

    void add(int number) {
        sum += number;
        handled++;
        if (handled == expected) {
            round.report(sum);
        }
    }

    /** The sum of the numbers from zero up to, and without, the limit. */
    static long sumBelow(int limit) {
        return (long) limit * (limit - 1) / 2;
    }
}
