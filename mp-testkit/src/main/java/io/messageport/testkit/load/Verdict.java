package io.messageport.testkit.load;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the journals say. When all is settled, {@code sent == received + reportedLost}.
 *
 * @param sent messages whose sending was begun
 * @param received messages that were handled
 * @param reportedLost messages that were not, of epochs whose monitor fired or whose sender died
 * @param underWay messages of the other epochs that have not been handled so far
 * @param late messages that arrived behind lost ones, after the monitor had fired
 * @param epochs how many there were
 * @param violations where the guarantee does not hold
 */
public record Verdict(
        long sent, long received, long reportedLost, long underWay, long late, long epochs,
        List<Violation> violations) {
    private static final Set<Violation.Kind> HOLES =
            EnumSet.of(Violation.Kind.GAP, Violation.Kind.EARLY, Violation.Kind.SILENT);

    /** Takes a private copy. */
    public Verdict {
        violations = List.copyOf(violations);
    }

    /** Whether the guarantee holds. */
    public boolean isClean() {
        return violations.isEmpty();
    }

    /** Losses that were not reported, or not in time. */
    public long gaps() {
        return count(HOLES);
    }

    /** Messages, or runs of them, that came again. */
    public long duplicates() {
        return count(EnumSet.of(Violation.Kind.DUPLICATE));
    }

    /** Messages, or runs of them, that came too late in the order. */
    public long reorders() {
        return count(EnumSet.of(Violation.Kind.REORDER));
    }

    private long count(Collection<Violation.Kind> kinds) {
        return violations.stream().filter(violation -> kinds.contains(violation.kind())).count();
    }

    /** One line, such as {@code sent=9 received=7 reported_lost=2 gaps=0 duplicates=0 reorders=0}. */
    public String summary() {
        return "sent=" + sent + " received=" + received + " reported_lost=" + reportedLost + " gaps=" + gaps()
                + " duplicates=" + duplicates() + " reorders=" + reorders();
    }
}
