package io.messageport.runtime.db;

import io.messageport.Database;
import io.messageport.DatabaseOptions;
import io.messageport.DatabaseTimeoutException;
import io.messageport.FamilyListener;
import io.messageport.FamilyView;
import io.messageport.Groups;
import io.messageport.Guard;
import io.messageport.NodeId;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.runtime.kernel.Dispatcher;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.kernel.PortCell;
import io.messageport.runtime.network.Peers;
import io.messageport.runtime.network.RoleListener;
import io.messageport.runtime.observe.RareLine;
import io.messageport.spi.Access;
import io.messageport.spi.Nanos;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database as the users of a node see it: checks what they ask, and has it done in the node's turns. Any thread. */
public final class NodeDatabase implements Database {
    private static final Logger LOG = LoggerFactory.getLogger(NodeDatabase.class);

    private final Kernel kernel;
    private final Replica replica;
    private final Turns turns;
    private final OwnEntries own;
    private final NodeGroups groups;

    /** What users wait for. */
    private final Set<CompletableFuture<?>> awaited = ConcurrentHashMap.newKeySet();

    /**
     * The share of one node.
     *
     * @param life random, of this life of the node
     * @param alone whether this node can have no master, because it knows no seed
     */
    public NodeDatabase(Kernel kernel, Peers peers, long life, boolean alone) {
        this.kernel = kernel;
        Duration grace = kernel.config().extension(DatabaseOptions.class).orElse(DatabaseOptions.DEFAULTS).grace();
        this.replica = new Replica(kernel.self(), life, new Replica.Options(Nanos.of(grace, "the grace"), alone),
                new World(peers));
        this.groups = new NodeGroups(kernel, this);
        this.turns = new Turns(kernel.dispatcher(), replica::flush);
        this.own = new OwnEntries(new OwnEntries.Changes() {
            @Override
            public void put(String family, String key, Values.Kept value) {
                turns.run(() -> replica.put(family, key, value));
            }

            @Override
            public void delete(String family, String key) {
                turns.run(() -> replica.delete(family, key));
            }
        });
    }

    /** The way out of the deciding part. */
    private final class World implements Surroundings {
        private final Peers peers;
        private final RareLine refusals = new RareLine(LOG, kernel.clock());

        World(Peers peers) {
            this.peers = peers;
        }

        @Override
        public void send(NodeId to, Object... values) {
            try {
                if (!peers.send(to, values)) {
                    LOG.debug("{} to node {} not sent, the connection is lost", values[0], to);
                }
            } catch (IllegalArgumentException unsent) {
                LOG.warn("a part of the database cannot be told to node {}: {}", to, unsent.getMessage());
            }
        }

        @Override
        public void later(long nanos, Runnable event) {
            var unused = kernel.clock().schedule(nanos, () -> turns.run(event));
        }

        @Override
        public void refused(NodeId peer, String what) {
            refusals.warn("node {} {}; refused", peer, what);
        }
    }

    /** Where the network tells of roles and messages. */
    public RoleListener roles() {
        return new RoleEvents(replica, turns, kernel);
    }

    /** The groups that stand on this. */
    public Groups groups() {
        return groups;
    }

    /** Nobody waits any longer. */
    public void close() {
        awaited.forEach(answer -> answer.completeExceptionally(closed()));
    }

    private IllegalStateException closed() {
        return new IllegalStateException("node " + kernel.self() + " is closed");
    }

    private void requireOpen() {
        if (kernel.verbs().isClosing()) {
            throw closed();
        }
    }

    // ---- setting ---------------------------------------------------------------------------------------------------

    @Override
    public Guard set(String family, String key, Object value) {
        Names.require(family, key);
        Values.Kept kept = kept(family, key, value);
        awaitRoom();
        return own.set(family, key, kept);
    }

    private Values.Kept kept(String family, String key, Object value) {
        requireOpen();
        try {
            return Values.kept(kernel.faces().plain(value));
        } catch (IllegalArgumentException unfit) {
            throw new IllegalArgumentException("key \"" + key + "\" of family " + family + " cannot have this value: "
                    + unfit.getMessage(), unfit);
        }
    }

    private void awaitRoom() {
        try {
            turns.awaitRoom();
        } catch (InterruptedException e) {
            // The entry is set all the same: whoever is interrupted is about to end, and its guard with it.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean delete(String family, String key) {
        Names.require(family, key);
        requireOpen();
        awaitRoom();
        return own.delete(family, key);
    }

    @Override
    public Guard register(String family, PortId port, Object value) {
        Names.require(family, Objects.requireNonNull(port, "the port to register must not be null").toString());
        if (port.isNodePort()) {
            throw new IllegalArgumentException(port + " is the port of a node, which never dies to its own node; use"
                    + " set(\"" + family + "\", \"" + port + "\") for what belongs to a node");
        }
        Values.Kept kept = kept(family, port.toString(), value);
        awaitRoom();
        return own.register(family, port, kept, kernel.verbs()::watch);
    }

    // ---- asking ----------------------------------------------------------------------------------------------------

    @Override
    public FamilyView family(String family) throws InterruptedException {
        return family(family, kernel.config().callTimeout());
    }

    @Override
    public FamilyView family(String family, Duration timeout) throws InterruptedException {
        return await(asked(family, timeout));
    }

    @Override
    public CompletionStage<FamilyView> ask(String family, Duration timeout) {
        return asked(family, timeout).thenApplyAsync(view -> view,
                task -> kernel.dispatcher().thread("mp-db-ask", task).start());
    }

    private CompletableFuture<FamilyView> asked(String family, Duration timeout) {
        Names.requireReadable(family);
        long nanos = Nanos.positive(timeout, "the time to wait for family " + family);
        requireOpen();
        CompletableFuture<FamilyView> answer = new CompletableFuture<>();
        Consumer<SortedEntries> question = entries -> answer.complete(view(family, entries));
        turns.run(() -> replica.ask(family, question));
        var unused = answer.exceptionally(unanswered -> {
            turns.run(() -> replica.unask(family, question));
            return null;
        });
        return until(nanos, answer, () -> unsaid(family, timeout));
    }

    private String unsaid(String family, Duration timeout) {
        return "nobody has said within " + timeout.toMillis() + " ms what is in family " + family + ": node "
                + kernel.self() + " has no master; a seed must be reachable";
    }

    @SuppressWarnings("CollectionUndefinedEquality") // each is itself and no other
    private <T> CompletableFuture<T> until(long nanos, CompletableFuture<T> answer, Supplier<String> otherwise) {
        Guard deadline = kernel.clock().schedule(nanos,
                () -> answer.completeExceptionally(new DatabaseTimeoutException(otherwise.get())));
        awaited.add(answer);
        var unused = answer.whenComplete((view, failure) -> {
            awaited.remove(answer);
            deadline.close();
        });
        if (kernel.verbs().isClosing()) {
            // Whoever closes the node may have looked before this one was there.
            close();
        }
        return answer;
    }

    private <T> T await(CompletableFuture<T> answer) throws InterruptedException {
        boolean unused = kernel.dispatcher().awaits(answer::isDone, Dispatcher.FOREVER);
        try {
            return answer.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException thrown -> throw thrown;
                case Error thrown -> throw thrown;
                default -> throw new AssertionError("only these are ever thrown here", e.getCause());
            }
        }
    }

    private FamilyView view(String family, SortedEntries entries) {
        return new Snapshot(family, entries, kernel.faces());
    }

    // ---- watching --------------------------------------------------------------------------------------------------

    @Override
    public Guard watch(String family, FamilyListener listener) {
        return watching(family, listener, watching -> kernel.callbacks().run("a listener of family " + family, () -> {
            try {
                watching.call();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.error("a listener of family {} threw; listeners must not", family, e);
            }
        }));
    }

    @Override
    public Guard watch(Port context, String family, FamilyListener listener) {
        Objects.requireNonNull(context, "the port to be told in must not be null");
        if (!(Access.ports().core(context) instanceof PortCell cell) || cell.kernel() != kernel) {
            throw new IllegalArgumentException("port " + context.id() + " is not one of node " + kernel.self());
        }
        Watching watching = watching(family, listener, new Watching.Context() {
            @Override
            public void call(Watching due) {
                cell.post(due::call);
            }

            @Override
            public void closed(Watching over) {
                cell.attachments().remove(over);
            }
        });
        cell.attachments().add(watching);
        return watching;
    }

    private Watching watching(String family, FamilyListener listener, Watching.Context context) {
        Names.requireReadable(family);
        Objects.requireNonNull(listener, "a listener of family " + family + " must not be null");
        requireOpen();
        Watching watching = new Watching(family, listener, kernel.faces(), context, this::unwatch);
        turns.run(() -> replica.watch(family, watching));
        return watching;
    }

    private void unwatch(Watching over) {
        turns.run(() -> replica.unwatch(over.family(), over));
    }

    @Override
    public FamilyView await(String family, Predicate<? super FamilyView> wanted, Duration timeout)
            throws InterruptedException {
        Objects.requireNonNull(wanted, "what to wait for must not be null");
        long nanos = Nanos.positive(timeout, "the time to wait for family " + family);
        CompletableFuture<FamilyView> met = new CompletableFuture<>();
        AtomicReference<FamilyView> last = new AtomicReference<>();
        Guard watch = watch(family, change -> {
            last.set(change.now());
            try {
                if (wanted.test(change.now())) {
                    met.complete(change.now());
                }
            } catch (RuntimeException | Error thrown) {
                met.completeExceptionally(thrown);
            }
        });
        try (watch) {
            return await(until(nanos, met, () -> "family " + family + " was not as wanted within " + timeout.toMillis()
                    + " ms (" + wanted + "): " + (last.get() == null
                            ? "node " + kernel.self()
                                    + " was told nothing of it, it has no master; a seed must be reachable"
                            : "the last that was seen is " + last.get())));
        }
    }

    /** Keeps a roll of a group from now on; known when somebody has said who is in it. */
    Roll follow(String group) {
        Names.requireFamily(group);
        requireOpen();
        Roll roll = new Roll();
        turns.run(() -> replica.watch(group, roll));
        return roll;
    }

    void unfollow(String group, Roll roll) {
        turns.run(() -> replica.unwatch(group, roll));
    }

    /** Waits until it is known who is in a group. */
    Roll awaitKnown(String group, Roll roll) throws InterruptedException {
        requireOpen();
        if (roll.known().isDone()) {
            return roll;
        }
        Duration timeout = kernel.config().callTimeout();
        return await(until(timeout.toNanos(), roll.known().copy(), () -> unsaid(group, timeout)));
    }
}
