package io.messageport;

import java.time.Duration;
import java.util.Objects;

/**
 * What a node's share in the {@link Database} is configured with; see {@link NodeConfig.Builder#database}.
 *
 * @param grace how long the entries of a node that was lost stay in sight, in case it comes back ({@code DB-4}); zero or
 *     more, zero by default
 */
public record DatabaseOptions(Duration grace) {
    /** Those of a node that says nothing of them. */
    public static final DatabaseOptions DEFAULTS = new DatabaseOptions(Duration.ZERO);

    /** Refuses a grace below zero. */
    public DatabaseOptions {
        if (Objects.requireNonNull(grace, "grace").isNegative()) {
            throw new IllegalArgumentException("the grace of a lost node's entries must not be negative: " + grace);
        }
    }

    /** With this grace. */
    public static DatabaseOptions withGrace(Duration grace) {
        return new DatabaseOptions(grace);
    }
}
