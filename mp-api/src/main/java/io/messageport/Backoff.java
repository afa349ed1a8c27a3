package io.messageport;

import java.time.Duration;

/**
 * How long a supervisor waits before it starts a child again: twice as long each time, until the child has been stable
 * for a while.
 *
 * <p>The wait before the n-th restart in a row is {@code min} times two to the n-1, at most {@code max}, of which a random
 * share of up to {@code jitter} is taken off, so that children that fell together do not rise together.
 *
 * @param min the first wait; zero only where {@code max} is zero too, which means no wait at all
 * @param max the longest wait
 * @param jitter greatest share of a wait that chance may take off, 0 to 1
 * @param resetAfter a child that has run this long starts from {@code min} again
 */
public record Backoff(Duration min, Duration max, double jitter, Duration resetAfter) {
    private static final double USUAL_JITTER = 0.2;

    /** Restarts at once, as in Erlang/OTP: there only the intensity limits how often. */
    public static final Backoff NONE = new Backoff(Duration.ZERO, Duration.ZERO, 0, Duration.ZERO);

    /** Refuses what contradicts itself. */
    public Backoff {
        ChildSpec.notNegative("the least back-off", min);
        ChildSpec.notNegative("the greatest back-off", max);
        ChildSpec.notNegative("the time after which the back-off is reset", resetAfter);
        if (min.compareTo(max) > 0) {
            throw new IllegalArgumentException("the least back-off " + min + " is longer than the greatest, " + max);
        }
        if (min.isZero() && !max.isZero()) {
            throw new IllegalArgumentException(
                    "a back-off that begins with nothing never grows to " + max + ": give a least one above zero");
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("the jitter of a back-off is a share from 0 to 1, not " + jitter);
        }
    }

    /** Waits between these, with a fifth of jitter; reset once a child has run for twice the longest wait. */
    public static Backoff between(Duration min, Duration max) {
        return new Backoff(min, max, USUAL_JITTER, max.multipliedBy(2));
    }

    /** The same with this jitter, a share from 0 to 1. */
    public Backoff jitter(double share) {
        return new Backoff(min, max, share, resetAfter);
    }

    /** The same, reset once a child has run this long. */
    public Backoff resetAfter(Duration stable) {
        return new Backoff(min, max, jitter, stable);
    }
}
