package io.messageport.testkit.fault;

import io.messageport.spi.Nanos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What is wrong with one direction between two nodes; immutable, and composed with {@link #and}. It does nothing until a
 * {@link FaultLine} applies it, which has the generator and the counters.
 *
 * <p>Whatever is wrong, a link keeps its promise ({@code SND-5}): the stream arrives in order, or the link ends.
 */
public final class Fault {
    private static final Fault NONE = new Fault(List.of());

    private final List<Effect> effects;

    private Fault(List<Effect> effects) {
        this.effects = effects;
    }

    /** One thing that is wrong. */
    sealed interface Effect {
        record Drop(double chance) implements Effect {}

        record Delay(long nanos) implements Effect {}

        record Jitter(long nanos) implements Effect {}

        record Duplicate(double chance) implements Effect {}

        record Reorder(double chance) implements Effect {}

        record Throttle(long bytesPerSecond) implements Effect {}

        record Corrupt(double chance) implements Effect {}

        record Blackhole() implements Effect {}

        record CutAfter(long bytes) implements Effect {}
    }

    /** Nothing is wrong. */
    public static Fault none() {
        return NONE;
    }

    /**
     * Frames are lost. A link cannot bridge the gap, so it ends when the lost frame has been missing for the silence
     * limit. Not for a {@link FaultProxy}.
     *
     * @param chance of each frame, from 0 to 1
     */
    public static Fault drop(double chance) {
        return of(new Effect.Drop(chance(chance)));
    }

    /** Everything arrives later by this time; not negative. */
    public static Fault delay(Duration time) {
        return of(new Effect.Delay(Nanos.of(time, "a delay")));
    }

    /** Everything arrives later by a time up to this one, drawn anew for each piece; nothing overtakes for it. */
    public static Fault jitter(Duration longest) {
        return of(new Effect.Jitter(Nanos.of(longest, "a jitter")));
    }

    /**
     * Frames arrive twice. A link ignores the second one. Not for a {@link FaultProxy}.
     *
     * @param chance of each frame, from 0 to 1
     */
    public static Fault duplicate(double chance) {
        return of(new Effect.Duplicate(chance(chance)));
    }

    /**
     * Frames are held back for up to 20 ms, so that later ones overtake them. A link puts them in order again. Not for a
     * {@link FaultProxy}.
     *
     * @param chance of each frame, from 0 to 1
     */
    public static Fault reorder(double chance) {
        return of(new Effect.Reorder(chance(chance)));
    }

    /**
     * No more than so many bytes pass in a second; what is sent faster waits.
     *
     * @param bytesPerSecond at least 1
     */
    public static Fault throttle(long bytesPerSecond) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("a throttle must let at least 1 byte per second pass, not "
                    + bytesPerSecond + "; use Fault.blackhole() to let nothing pass");
        }
        return of(new Effect.Throttle(bytesPerSecond));
    }

    /**
     * One bit of a piece is flipped. A link in memory notices by its checksum, and ends. Through a {@link FaultProxy}
     * only TLS notices for certain; without it a changed value may be taken for the real one.
     *
     * @param chance of each frame, or chunk of bytes, from 0 to 1
     */
    public static Fault corrupt(double chance) {
        return of(new Effect.Corrupt(chance(chance)));
    }

    /**
     * Nothing passes and nobody is told: a half-open connection. What is sent waits, as that which TCP would send again,
     * and goes on when the fault is lifted before the link has ended by its silence.
     */
    public static Fault blackhole() {
        return of(new Effect.Blackhole());
    }

    /**
     * So many bytes pass, counted from when this is applied, then the connection is reset, once: for a socket in the
     * middle of a frame if it comes out so.
     *
     * @param bytes not negative
     */
    public static Fault cutAfter(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a connection cannot be cut after " + bytes + " bytes");
        }
        return of(new Effect.CutAfter(bytes));
    }

    /** This and the other. */
    public Fault and(Fault other) {
        List<Effect> both = new ArrayList<>(effects);
        both.addAll(other.effects);
        return new Fault(List.copyOf(both));
    }

    List<Effect> effects() {
        return effects;
    }

    boolean isBlackhole() {
        return effects.contains(new Effect.Blackhole());
    }

    /** This fault when the cut it asked for has been carried out. */
    Fault withoutCut() {
        return new Fault(effects.stream().filter(e -> !(e instanceof Effect.CutAfter)).toList());
    }

    /**
     * Checks that a stream of bytes can have this fault.
     *
     * @throws IllegalArgumentException when it cannot; the text says what to use instead
     */
    void requireStream() {
        for (Effect effect : effects) {
            String instead = switch (effect) {
                case Effect.Drop e -> "bytes missing from a stream are no fault TCP lets through: use"
                        + " Fault.cutAfter(bytes) or reset() for a connection that breaks, Fault.delay(time) for what"
                        + " loss of packets costs";
                case Effect.Duplicate e -> "TCP shows no byte twice: use a MemoryNetwork";
                case Effect.Reorder e -> "TCP keeps its bytes in order: use Fault.jitter(time), or a MemoryNetwork";
                case Effect.Delay e -> null;
                case Effect.Jitter e -> null;
                case Effect.Throttle e -> null;
                case Effect.Corrupt e -> null;
                case Effect.Blackhole e -> null;
                case Effect.CutAfter e -> null;
            };
            if (instead != null) {
                throw new IllegalArgumentException(text(effect) + " makes no sense for a socket; " + instead);
            }
        }
    }

    private static Fault of(Effect effect) {
        return new Fault(List.of(effect));
    }

    private static double chance(double chance) {
        if (!(chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException("a chance must lie between 0 and 1, not at " + chance);
        }
        return chance;
    }

    private static String text(Effect effect) {
        return switch (effect) {
            case Effect.Drop e -> "drop(" + e.chance() + ')';
            case Effect.Delay e -> "delay(" + Duration.ofNanos(e.nanos()) + ')';
            case Effect.Jitter e -> "jitter(" + Duration.ofNanos(e.nanos()) + ')';
            case Effect.Duplicate e -> "duplicate(" + e.chance() + ')';
            case Effect.Reorder e -> "reorder(" + e.chance() + ')';
            case Effect.Throttle e -> "throttle(" + e.bytesPerSecond() + " B/s)";
            case Effect.Corrupt e -> "corrupt(" + e.chance() + ')';
            case Effect.Blackhole e -> "blackhole";
            case Effect.CutAfter e -> "cutAfter(" + e.bytes() + " B)";
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fault fault && effects.equals(fault.effects);
    }

    @Override
    public int hashCode() {
        return Objects.hash(effects);
    }

    /** What is wrong, for people. */
    @Override
    public String toString() {
        return effects.isEmpty() ? "none" : effects.stream().map(Fault::text).collect(Collectors.joining(" and "));
    }
}
