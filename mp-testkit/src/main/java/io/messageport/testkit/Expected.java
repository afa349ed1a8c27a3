package io.messageport.testkit;

import io.messageport.Message;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.face.Face;
import io.messageport.face.Faces;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What a test expects of a message: whether it fits, what it is then, and words for a failure. Immutable.
 *
 * @param <T> what the test is given: the message without its tag, a record, a reason
 */
public final class Expected<T> {
    /** The tag of the news that a watched port is down, followed by its ID and the reason's values. */
    static final String DOWN = "probe:down";

    private final String what;
    private final BiPredicate<Faces, Message> fits;
    private final BiFunction<Faces, Message, T> taken;

    private Expected(String what, BiPredicate<Faces, Message> fits, BiFunction<Faces, Message, T> taken) {
        this.what = what;
        this.fits = fits;
        this.taken = taken;
    }

    /** A message with this tag; given without it, as a handler would see it. */
    public static Expected<Message> tag(String tag) {
        Objects.requireNonNull(tag, "tag");
        return new Expected<>("a message \"" + tag + '"', (faces, message) -> tag.equals(message.tag()),
                (faces, message) -> Message.of(message.valuesFrom(1).toArray()));
    }

    /**
     * A message whose typed face is this record or sealed interface. One that carries the tag and does not fit the type
     * is a {@link io.messageport.MessageMismatchException} when it is taken.
     */
    public static <T> Expected<T> type(Class<T> type) {
        return new Expected<>("a " + type.getSimpleName(), (faces, message) -> hasTagOf(faces.of(type), message),
                (faces, message) -> faces.of(type).fromValues(message.values().toArray(), 0));
    }

    /** A message equal to this one, or to the tagged list of this record, as it is after its way to the probe. */
    public static Expected<Message> equalTo(Object messageOrRecord) {
        if (messageOrRecord instanceof Record record) {
            return new Expected<>(record.toString(), (faces, message) -> isRecord(faces, message, record),
                    (faces, message) -> message);
        }
        if (messageOrRecord instanceof Message whole) {
            return new Expected<>(whole.toString(), (faces, message) -> whole.equals(message),
                    (faces, message) -> message);
        }
        throw new IllegalArgumentException("equalTo takes a record or a Message, not " + messageOrRecord
                + "; Message.of(...) makes one of loose values, tag(...) looks at the tag alone");
    }

    /** A message that passes the test; given whole. */
    public static Expected<Message> that(String what, Predicate<? super Message> test) {
        return new Expected<>(Objects.requireNonNull(what, "what"), (faces, message) -> test.test(message),
                (faces, message) -> message);
    }

    /** The news that a port is down, which {@link Probe#watch} has to ask for. */
    public static Expected<Reason> down(PortId target) {
        return new Expected<>("the end of " + target, (faces, message) -> isDown(message, target),
                (faces, message) -> Reason.of(message.valuesFrom(2)));
    }

    /** The same, if what the test is given passes this as well. */
    public Expected<T> and(String more, Predicate<? super T> test) {
        return new Expected<>(what + ' ' + more,
                (faces, message) -> fits.test(faces, message) && test.test(taken.apply(faces, message)), taken);
    }

    private static boolean hasTagOf(Face<?> face, Message message) {
        return message.tag() instanceof String tag && face.tags().contains(tag);
    }

    private static <R extends Record> boolean isRecord(Faces faces, Message message, R record) {
        @SuppressWarnings("unchecked") // the class of a record is the class of its type
        Face<R> face = faces.of((Class<R>) record.getClass());
        return hasTagOf(face, message) && record.equals(face.fromValues(message.values().toArray(), 0));
    }

    private static boolean isDown(Message message, PortId target) {
        return DOWN.equals(message.tag()) && message.size() > 1 && target.equals(message.get(1));
    }

    boolean fits(Faces faces, Message message) {
        return fits.test(faces, message);
    }

    T take(Faces faces, Message message) {
        return taken.apply(faces, message);
    }

    /** A message as failures show it: the end of a watched port is no message to its reader. */
    static String show(Message message) {
        return DOWN.equals(message.tag()) && message.size() > 1
                ? "the end of " + message.get(1) + " (" + Reason.of(message.valuesFrom(2)) + ')'
                : message.toString();
    }

    /** What is expected, in words. */
    @Override
    public String toString() {
        return what;
    }
}
