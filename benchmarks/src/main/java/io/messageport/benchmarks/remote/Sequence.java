package io.messageport.benchmarks.remote;

/**
 * The account of one lane at the receiving end, on all sides of a comparison: how many came, and how many of them were
 * not the next one or not what was sent. Owned by the receiver.
 *
 * <p>The small message, on all sides: a number, the lane, a word and an amount that follows from the number.
 */
final class Sequence {
    static final String WORD = "MSGP";

    private final int lane;
    private long next;
    private long received;
    private long misplaced;

    Sequence(int lane) {
        this.lane = lane;
    }

    static double amount(long number) {
        return number * 0.25;
    }

    /** The four fields of a small message. */
    void add(long number, int toLane, String word, double amount) {
        boolean right = number == next && toLane == lane && WORD.equals(word) && amount == amount(number);
        add(number, right);
    }

    /** A message with this number, which has the place and the content that it should have, or not. */
    void add(long number, boolean right) {
        received++;
        if (!right || number != next) {
            misplaced++;
        }
        next = number + 1;
    }

    long received() {
        return received;
    }

    long misplaced() {
        return misplaced;
    }

    /** Begins anew, with number 0. */
    void clear() {
        next = 0;
        received = 0;
        misplaced = 0;
    }
}
