package io.messageport.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * One line of what blocking handlers do to other ports: milliseconds, and the most they may be.
 *
 * @param name what blocks
 * @param millis the figures and their limits
 */
record BlockingRow(String name, List<Figure> millis) {
    /**
     * A figure.
     *
     * @param name which one
     * @param value milliseconds
     * @param limit the most that it may be, milliseconds
     */
    record Figure(String name, double value, double limit) {
        boolean isAbove() {
            return value > limit;
        }
    }

    /** Whether a limit is exceeded. */
    boolean isAbove() {
        return millis.stream().anyMatch(Figure::isAbove);
    }

    /** {@code name=value} but for the verdict, which is behind the limit of its figure. */
    String line() {
        StringBuilder line = new StringBuilder("blocking=").append(name);
        for (Figure figure : millis) {
            line.append(String.format(Locale.ROOT, " %s_ms=%.2f limit=%.0f %s", figure.name(), figure.value(),
                    figure.limit(), figure.isAbove() ? "above" : "ok"));
        }
        return line.toString();
    }
}
