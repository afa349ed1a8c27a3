package io.messageport.testkit.load;

/**
 * One place where the guarantee does not hold.
 *
 * @param kind in what way
 * @param stream where; null for what belongs to no stream
 * @param text the epoch, the numbers and the times, for people
 */
public record Violation(Kind kind, Stream stream, String text) {
    /** In what way the guarantee can fail to hold. */
    public enum Kind {
        /** A message was lost, and a later one arrived before the monitor had fired ({@code SND-5}). */
        GAP,
        /** A message arrived twice ({@code SND-5}). */
        DUPLICATE,
        /** A message arrived behind one that was sent after it ({@code SND-4}). */
        REORDER,
        /** A later life or epoch was reached before the monitor had fired ({@code SND-5}). */
        EARLY,
        /** Messages were lost, or a receiver died, and no monitor fired; or a sender got stuck ({@code MON-4}). */
        SILENT,
        /** A monitor fired more than once ({@code MON-2}). */
        TWICE,
        /** A message arrived that nobody sent. */
        INVENTED,
        /** A message arrived with another content than it was sent with. */
        SPOILED,
        /** A journal was full: what happened is not known. */
        UNWRITTEN
    }

    @Override
    public String toString() {
        return kind + (stream == null ? "" : " " + stream) + ": " + text;
    }
}
