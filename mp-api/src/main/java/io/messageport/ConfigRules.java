package io.messageport;

import io.messageport.spi.Nanos;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a {@link NodeConfig} refuses, and what it says then. */
final class ConfigRules {
    private ConfigRules() {}

    static void positive(String name, Duration value) {
        long unused = Nanos.positive(value, name);
    }

    /** Zero for never, or long enough that no thread stands still for half of it. */
    static void idle(Duration limit) {
        notNegative("idleLimit", limit);
        if (!limit.isZero() && limit.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("idleLimit must be zero or at least a second, not " + limit);
        }
    }

    static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
    }

    static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
        }
    }

    static void advertises(List<String> advertised, List<String> binds) {
        if (!advertised.isEmpty() && binds.isEmpty()) {
            throw new IllegalArgumentException("the node advertises " + advertised
                    + ", but listens nowhere: give it a bind, such as \"*:4040\"");
        }
    }

    static void signsOfLife(Duration heartbeatInterval, Duration silenceLimit) {
        if (silenceLimit.compareTo(heartbeatInterval) <= 0) {
            throw new IllegalArgumentException(
                    "silenceLimit " + silenceLimit + " must be longer than heartbeatInterval "
                            + heartbeatInterval + ", or every idle connection would be taken for dead");
        }
    }

    static void secret(Optional<String> secret) {
        if (secret.isPresent() && secret.get().length() < 8) {
            throw new IllegalArgumentException("the secret has " + secret.get().length()
                    + " characters; use at least 8, better 32 random ones");
        }
    }

    static void spawnNames(Set<String> spawnable) {
        for (String name : spawnable) {
            if (name.indexOf('.') < 0) {
                throw new IllegalArgumentException("the spawnable name \"" + name
                        + "\" must contain a dot, such as \"chat.session\" (SPN-1)");
            }
        }
    }
}
