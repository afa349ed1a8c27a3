package io.messageport.testkit;

import io.messageport.Message;
import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.face.Face;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A port that keeps what it is sent, for a test to look at in order. All expectations of one probe share one deadline,
 * counted from its making; a failed one shows everything that arrived.
 *
 * <p>Expectations are for one thread, that of the test.
 */
public final class Probe {
    private static final String DOWN = "probe:down";

    private final BlockingQueue<Message> unseen = new LinkedBlockingQueue<>();
    private final List<Message> arrived = new CopyOnWriteArrayList<>();
    private final Port port;
    private final long deadline;
    private final Duration time;

    private Probe(Port port, Duration time) {
        this.port = port;
        this.time = time;
        deadline = System.nanoTime() + time.toNanos();
        port.otherwise(message -> {
            arrived.add(message);
            unseen.add(message);
        });
    }

    /** A probe on this node, with 30 seconds for all that it is to see. */
    public static Probe on(Node node) {
        return on(node, TestNodes.DEADLINE);
    }

    /** A probe on this node, with this time for all that it is to see. */
    public static Probe on(Node node, Duration time) {
        return new Probe(node.port(), time);
    }

    /** The probe's address. */
    public PortId id() {
        return port.id();
    }

    /** The port itself, for its verbs. */
    public Port port() {
        return port;
    }

    /** Takes the next message, waiting for it. */
    public Message next() {
        return next("any message");
    }

    /** Takes the next message, which must carry this tag; gives it without the tag, as a handler would see it. */
    public Message expect(String tag) {
        Message message = next("a message \"" + tag + '"');
        if (!tag.equals(message.tag())) {
            throw failure("expected a message \"" + tag + "\" next, but got " + message);
        }
        return Message.of(message.valuesFrom(1).toArray());
    }

    /** Takes the next message, which must be one of this record. */
    public <T> T expect(Class<T> type) {
        Face<T> face = port.node().faces().of(type);
        Message message = next("a " + type.getSimpleName());
        if (!(message.tag() instanceof String tag) || !face.tags().contains(tag)) {
            throw failure("expected a " + type.getSimpleName() + " next, but got " + message);
        }
        return face.fromValues(message.values().toArray(), 0);
    }

    /** Waits this whole time; nothing may come. Better send something behind what must not come, and expect that. */
    public void expectNone(Duration quiet) {
        try {
            Message message = unseen.poll(quiet.toNanos(), TimeUnit.NANOSECONDS);
            if (message != null) {
                throw failure("expected nothing for " + quiet + ", but got " + message);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Monitors a port: {@link #expectDown} takes the news of its end, in line with the messages. */
    public Probe watch(PortId target) {
        var unused = port.node().monitor(target, port.id(), DOWN, target);
        return this;
    }

    /** Takes the next message, which must be the news that a watched port is down; gives the reason. */
    public Reason expectDown(PortId target) {
        Message news = next("the end of " + target);
        if (!DOWN.equals(news.tag()) || !target.equals(news.port(1))) {
            throw failure("expected the end of " + target + " next, but got " + news);
        }
        return Reason.of(news.valuesFrom(2));
    }

    /** Everything that has arrived so far, seen or not. */
    public List<Message> arrived() {
        return List.copyOf(arrived);
    }

    private Message next(String wanted) {
        try {
            Message message = unseen.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (message == null) {
                throw failure("expected " + wanted + ", but nothing more came before the probe's deadline of " + time);
            }
            return message;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private AssertionError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        AssertionError error = failure("interrupted while waiting");
        error.initCause(e);
        return error;
    }

    private AssertionError failure(String what) {
        StringBuilder text = new StringBuilder(what).append("; arrived in all, oldest first:");
        List<Message> all = arrived();
        int skipped = Math.max(0, all.size() - 30);
        text.append(skipped > 0 ? "\n  (" + skipped + " more)" : "");
        all.subList(skipped, all.size()).forEach(message -> text.append("\n  ").append(message));
        return new AssertionError(text.append(all.isEmpty() ? " nothing" : "").toString());
    }
}
