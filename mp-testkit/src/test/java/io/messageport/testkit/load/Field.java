package io.messageport.testkit.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.messageport.Node;
import io.messageport.testkit.ForkedNode;
import io.messageport.testkit.TestNodes;
import io.messageport.testkit.fault.Detour;
import io.messageport.testkit.load.LoadNode.Setup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The nodes under load of one test, in this JVM and in others, and what they write; nodes are numbers from 1. */
public final class Field implements AutoCloseable {
    private static final int AS_SET = -1;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final TestNodes nodes;
    private final Journals journals;
    private final UnaryOperator<Setup> settings;
    private final Optional<Wires> wires;
    private final Map<Integer, String> addresses = new HashMap<>();
    private final Map<Integer, Integer> lives = new HashMap<>();
    private final Map<Integer, Detour> detours = new HashMap<>();
    private final Map<Integer, Node> here = new HashMap<>();
    private final Map<Integer, Load> loads = new HashMap<>();
    private final Map<Integer, ForkedNode> elsewhere = new HashMap<>();

    private Field(TestNodes nodes, Path directory, UnaryOperator<Setup> settings, Optional<Wires> wires) {
        this.nodes = nodes;
        this.settings = settings;
        this.wires = wires;
        journals = new Journals(directory);
    }

    /** Nodes that reach each other directly. */
    public static Field direct(TestNodes nodes, Path directory, UnaryOperator<Setup> settings) {
        return new Field(nodes, directory, settings, Optional.empty());
    }

    /** Nodes 1 to {@code count} in this JVM, over wires, each with senders and receivers. */
    public static Field wired(int count, TestNodes nodes, Path directory, UnaryOperator<Setup> settings) {
        Field field = new Field(nodes, directory, settings, Optional.of(new Wires(count)));
        List<Integer> all = IntStream.rangeClosed(1, count).boxed().toList();
        all.forEach(number -> {
            Node unused = field.start(number);
        });
        Setup setup = settings.apply(Setup.of(1, directory, Map.of()));
        all.forEach(number -> field.load(number, setup.senders(), setup.receivers(), all));
        all.forEach(field::begin);
        return field;
    }

    public Wires wires() {
        return wires.orElseThrow();
    }

    private Map<Integer, String> reachedFrom(int number) {
        return wires.isPresent() ? wires.get().addresses(number) : addresses;
    }

    private Setup setup(int number, int senders, int receivers) {
        int life = lives.merge(number, 0, (before, zero) -> before + 1);
        Path file = journals.next(number, life);
        Setup setup = settings.apply(Setup.of(number, file, reachedFrom(number))).reborn(life, file);
        return senders == AS_SET ? setup : setup.ports(senders, receivers);
    }

    /** A node in this JVM, which hears of the addresses of others as they come; its load begins with {@link #load}. */
    public Node start(int number) {
        Detour own = Detour.none();
        Node node = setup(number, AS_SET, AS_SET).start(nodes.secret(), own);
        nodes.closeAtTheEnd(node);
        detours.put(number, own);
        here.put(number, node);
        listens(number, node.addresses().getFirst());
        return node;
    }

    /** Has the senders of a node in this JVM begin. */
    public void begin(int number) {
        loads.put(number, loads.get(number).begin());
    }

    /** Puts receivers and senders on a node in this JVM, which send to all these nodes once they {@link #begin}. */
    public void load(int number, int senders, int receivers, List<Integer> all) {
        try {
            Journal journal = Journal.create(journals.file(number, lives.get(number)), number, lives.get(number));
            Setup setup = settings.apply(Setup.of(number, journals.file(number, 0), Map.of()));
            loads.put(number, Load.on(here.get(number), journal,
                    new Load.Plan(all, senders, receivers, setup.pace(), setup.bulk())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A node in another JVM, which knows the addresses there are by now; the next life of it when there was one. */
    public ForkedNode fork(int number, int senders, int receivers) {
        ForkedNode forked = nodes.fork(setup(number, senders, receivers).launch());
        elsewhere.put(number, forked);
        listens(number, forked.awaitReady());
        return forked;
    }

    private void listens(int number, String address) {
        addresses.put(number, address);
        wires.ifPresentOrElse(between -> between.listens(number, address),
                () -> detours.values().forEach(each -> each.reach(Load.id(number), address)));
    }

    public Load load(int number) {
        return loads.get(number);
    }

    public List<Life> read() {
        try {
            return journals.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until what is written passes. */
    public void until(String what, Predicate<List<Life>> test) {
        org.awaitility.Awaitility.await(what).atMost(PATIENCE).until(() -> test.test(read()));
    }

    /** Waits until each of so many streams to this node has brought so many messages to its newest life. */
    public void awaitReceived(int number, int streams, long least) {
        until("n" + number + " to receive", lives -> lives.stream()
                .filter(life -> life.node() == number && life.life() == this.lives.get(number))
                .flatMap(life -> life.received().stream())
                .filter(run -> run.count() >= least)
                .map(Received::of).distinct().count() >= streams);
    }

    /** How many epochs of streams from one node to another are over because their monitor fired. */
    public long fired(int from, int to) {
        return read().stream().flatMap(life -> life.sent().stream())
                .filter(sent -> sent.by().from() == from && sent.by().to() == to && sent.fired()).count();
    }

    /** How many epochs are over because their monitor fired. */
    public long fired(int number) {
        return read().stream().filter(life -> life.node() == number).flatMap(life -> life.sent().stream())
                .filter(Sent::fired).count();
    }

    /** Hushes all senders, lets everything come to rest, and expects the guarantee to hold. */
    public Verdict settle() {
        loads.values().forEach(Load::hush);
        elsewhere.values().forEach(node -> node.ask("hush"));
        try {
            until("all that was sent to arrive", lives -> Guarantee.unsettled(lives).isEmpty());
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            // The verdict says what did not.
        }
        Verdict verdict = Guarantee.checkSettled(read());
        if (!verdict.isClean()) {
            elsewhere.values().forEach(ForkedNode::keepLog);
        }
        assertEquals(List.of(), verdict.violations(), verdict::summary);
        assertEquals(verdict.sent(), verdict.received() + verdict.reportedLost(), verdict::summary);
        return verdict;
    }

    @Override
    public void close() {
        wires.ifPresent(Wires::close);
    }
}
