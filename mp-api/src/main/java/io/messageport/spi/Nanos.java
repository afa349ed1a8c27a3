package io.messageport.spi;

import java.time.Duration;
import java.util.Objects;

/** Durations as users give them, in nanoseconds as clocks take them; refuses what no clock can keep. */
public final class Nanos {
    private Nanos() {}

    /**
     * A time that may be nothing.
     *
     * @param what names it in a refusal, with its article
     * @throws IllegalArgumentException when it is negative, or 292 years or more
     */
    public static long of(Duration time, String what) {
        Objects.requireNonNull(time, () -> what + " must be given, not null");
        if (time.isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative, but is " + time);
        }
        try {
            return time.toNanos();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(what + " must be less than 292 years, not " + time, e);
        }
    }

    /**
     * A time longer than nothing.
     *
     * @param what names it in a refusal, with its article
     * @throws IllegalArgumentException when it is nothing, negative, or 292 years or more
     */
    public static long positive(Duration time, String what) {
        if (time != null && (time.isNegative() || time.isZero())) {
            throw new IllegalArgumentException(what + " must be longer than nothing, not " + time);
        }
        return of(time, what);
    }
}
