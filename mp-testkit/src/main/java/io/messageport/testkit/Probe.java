package io.messageport.testkit;

import io.messageport.Message;
import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.face.Faces;
import io.messageport.spi.Nanos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A port that keeps what it is sent, for a test to look at in order. All expectations of one probe share one deadline,
 * counted from its making, or that of the group they stand in ({@link #within}); a failed one shows what was expected
 * and everything that arrived, oldest first.
 *
 * <p>{@code expect…} takes the next message and fails at once when it is another one; {@code awaitMatching} takes the
 * first that fits and leaves the others where they are. What fails has taken nothing.
 *
 * <p>Expectations are for one thread, that of the test; they throw {@link AssertionError}.
 */
public final class Probe {
    private final Port port;
    private final Waiting waiting;
    private final Arrivals arrivals = new Arrivals();

    /** The thread of the test owns the rest. */
    private final List<PortId> watched = new ArrayList<>();

    private Duration time;
    private long deadline;
    private Message last;

    private Probe(Node node, Duration time, Waiting waiting) {
        this.waiting = waiting;
        this.time = time;
        deadline = waiting.nanos() + Nanos.positive(time, "a probe's time");
        port = node.port().otherwise(message -> {
            arrivals.add(message, waiting.nanos());
            waiting.changed();
        });
    }

    /** A probe on this node, with 30 seconds for all that it is to see. */
    public static Probe on(Node node) {
        return on(node, TestNodes.DEADLINE);
    }

    /** A probe on this node, with this time for all that it is to see. */
    public static Probe on(Node node, Duration time) {
        return new Probe(node, time, new Parking());
    }

    /** A probe on a node that only runs while {@code waiting} waits, with 30 seconds of its time for all. */
    public static Probe on(Node node, Waiting waiting) {
        return new Probe(node, TestNodes.DEADLINE, waiting);
    }

    /** The probe's address. */
    public PortId id() {
        return port.id();
    }

    /** The port itself, for its verbs. */
    public Port port() {
        return port;
    }

    /** Sends a message from the probe's node. */
    public void send(PortId target, Object... message) {
        port.send(target, message);
    }

    /**
     * Answers the message taken last, as the port that was called ({@code CAL-1}).
     *
     * @throws IllegalStateException when none was taken, or it does not end with a port ID
     */
    public void reply(Object... message) {
        if (last == null || last.isEmpty() || !(last.get(last.size() - 1) instanceof PortId asking)) {
            throw new IllegalStateException("nobody to reply to: "
                    + (last == null ? "no message was taken yet" : last + " does not end with a reply port"));
        }
        port.send(asking, message);
    }

    // ---- one message -----------------------------------------------------------------------------------------------

    /** Takes the next message, waiting for it. */
    public Message next() {
        return expect(Expected.that("any message", message -> true));
    }

    /** Takes the next message, which must carry this tag; gives it without the tag, as a handler would see it. */
    public Message expect(String tag) {
        return expect(Expected.tag(tag));
    }

    /** Takes the next message, which must be one of this record or sealed interface. */
    public <T> T expect(Class<T> type) {
        return expect(Expected.type(type));
    }

    /** Takes the next message, which must pass the test; gives the whole of it. */
    public Message expect(Predicate<? super Message> test) {
        return expect(Expected.that("a message that passes the test", test));
    }

    /** Takes the next message, which must be as expected. */
    public <T> T expect(Expected<T> expected) {
        require(expected.toString(), () -> arrivals.untaken() > 0);
        Message message = arrivals.untaken(0);
        if (!expected.fits(faces(), message)) {
            throw failure("expected " + expected + " next, but got " + Expected.show(message));
        }
        return take(expected, message);
    }

    /** Takes the first message with this tag, without it; leaves the others. */
    public Message awaitMatching(String tag) {
        return awaitMatching(Expected.tag(tag));
    }

    /** Takes the first message of this record or sealed interface; leaves the others. */
    public <T> T awaitMatching(Class<T> type) {
        return awaitMatching(Expected.type(type));
    }

    /** Takes the first message that passes the test, the whole of it; leaves the others. */
    public Message awaitMatching(Predicate<? super Message> test) {
        return awaitMatching(Expected.that("a message that passes the test", test));
    }

    /** Takes the first message that is as expected, waiting for it; leaves the others, in order. */
    public <T> T awaitMatching(Expected<T> expected) {
        Predicate<Message> fits = message -> expected.fits(faces(), message);
        require(expected.toString(), () -> arrivals.find(fits) != null);
        return take(expected, arrivals.find(fits));
    }

    // ---- several, or none ------------------------------------------------------------------------------------------

    /**
     * Takes as many messages as there are expectations, each of which must be one of them, in any order.
     *
     * @return what each of them alone would give, in the order of the expectations
     */
    public List<Object> expectAll(Expected<?>... expected) {
        Assignment assignment = new Assignment(faces(), List.of(expected));
        List<Message> messages = new ArrayList<>();
        while (messages.size() < expected.length) {
            require("in any order also " + assignment.missing(), () -> arrivals.untaken() > messages.size());
            Message message = arrivals.untaken(messages.size());
            if (!assignment.add(message)) {
                throw failure("expected in any order also " + assignment.missing() + ", but got "
                        + Expected.show(message));
            }
            messages.add(message);
        }
        List<Object> given = assignment.given();
        messages.forEach(this::take);
        return given;
    }

    /** Waits this whole time; nothing may come. Better send something behind what must not come, and expect that. */
    public void expectNone(Duration quiet) {
        if (await(() -> arrivals.untaken() > 0, Nanos.of(quiet, "a time of quiet"))) {
            throw failure("expected nothing for " + Arrivals.time(quiet.toNanos()) + ", but got "
                    + Expected.show(arrivals.untaken(0)));
        }
    }

    /**
     * One deadline for a group: what {@code group} expects must all come within this time from now, and before the
     * deadline around it.
     */
    public void within(Duration limit, Runnable group) {
        Duration outerTime = time;
        long outer = deadline;
        long inner = waiting.nanos() + Nanos.positive(limit, "the time of a group");
        if (inner - outer < 0) {
            deadline = inner;
            time = limit;
        }
        try {
            group.run();
        } finally {
            deadline = outer;
            time = outerTime;
        }
    }

    // ---- ends of ports ---------------------------------------------------------------------------------------------

    /** Monitors a port: {@link #expectDown} takes the news of its end, in line with the messages. */
    public Probe watch(PortId target) {
        var unused = port.node().monitor(target, port.id(), Expected.DOWN, target);
        watched.add(target);
        return this;
    }

    /**
     * Takes the next message, which must be the news that a watched port is down; gives the reason.
     *
     * @throws IllegalStateException when it is not watched: a monitor fires once ({@code MON-2})
     */
    public Reason expectDown(PortId target) {
        return expectDown(target, Expected.down(target));
    }

    /** As {@link #expectDown(PortId)}; the reason must be this one. */
    public void expectDown(PortId target, Reason reason) {
        Reason unused = expectDown(target, Expected.down(target).and("with the reason " + reason, reason::equals));
    }

    /** As {@link #expectDown(PortId)}; the reason must be of this kind. */
    public <R extends Reason> R expectDown(PortId target, Class<R> kind) {
        return kind.cast(expectDown(target,
                Expected.down(target).and("with a reason " + kind.getSimpleName(), kind::isInstance)));
    }

    /** As {@link #expectDown(PortId)}; the reason must pass the test. */
    public Reason expectDown(PortId target, Predicate<? super Reason> test) {
        return expectDown(target, Expected.down(target).and("with a reason that passes the test", test));
    }

    private Reason expectDown(PortId target, Expected<Reason> expected) {
        if (!watched.contains(target)) {
            throw new IllegalStateException("nothing will tell this probe of the end of " + target
                    + ": call watch(...) first, and again after each end");
        }
        return expect(expected);
    }

    // ---- what all of them do ---------------------------------------------------------------------------------------

    /** Everything that has arrived so far, taken or not. */
    public List<Message> arrived() {
        return arrivals.messages();
    }

    private Faces faces() {
        return port.node().faces();
    }

    private <T> T take(Expected<T> expected, Message message) {
        T given = expected.take(faces(), message);
        take(message);
        return given;
    }

    private void take(Message message) {
        arrivals.take(message);
        last = message;
        if (Expected.DOWN.equals(message.tag()) && message.size() > 1) {
            boolean unused = watched.remove(message.get(1));
        }
    }

    private void require(String wanted, BooleanSupplier arrived) {
        if (!await(arrived, deadline - waiting.nanos())) {
            throw failure("expected " + wanted + ", but nothing like it came in the " + Arrivals.time(time.toNanos())
                    + " there are for it");
        }
    }

    private boolean await(BooleanSupplier over, long nanos) {
        try {
            return waiting.until(over, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            AssertionError error = failure("interrupted while waiting");
            error.initCause(e);
            throw error;
        }
    }

    private AssertionError failure(String what) {
        return new AssertionError(what + arrivals.show(waiting.nanos()));
    }
}
