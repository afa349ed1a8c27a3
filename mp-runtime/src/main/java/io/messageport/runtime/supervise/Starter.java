package io.messageport.runtime.supervise;

import io.messageport.ChildSpec;
import io.messageport.NodeId;
import io.messageport.PortId;
import io.messageport.PortOptions;
import io.messageport.Reason;
import io.messageport.runtime.kernel.Dispatcher;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.kernel.PortCell;
import io.messageport.runtime.kernel.PortOpener;
import io.messageport.runtime.kernel.Raising;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Starts children, each in its own way, and waits until it is known whether they run. Owned by the supervisor. */
final class Starter {
    private static final Reason GIVEN_UP =
            Reason.of("shutdown", "the supervisor was ended while it started this child");

    private final PortCell supervisor;
    private final Kernel kernel;
    private final PortOpener opener;
    private final Ends ends;
    private final Strays strays;

    Starter(PortCell supervisor, PortOpener opener, Ends ends) {
        this.supervisor = supervisor;
        this.kernel = supervisor.kernel();
        this.opener = opener;
        this.ends = ends;
        this.strays = new Strays(supervisor);
    }

    /** Who is told of the end of a life. */
    interface Ends {
        void ended(String key, long life, Reason reason);
    }

    /** What became of a start. */
    sealed interface Outcome {
        record Runs(ChildLife life) implements Outcome {}

        record Fails(Reason reason) implements Outcome {}
    }

    /**
     * Starts a child.
     *
     * @param former the port of its former life, null for none
     */
    Outcome start(Act.Start start, PortCell former) {
        return start.spec().start() instanceof ChildSpec.Start.Spawned spawned
                ? spawn(start, spawned)
                : local(start, former);
    }

    /** Runs as soon as it is asked for: whether it could be created, its end will tell. */
    private Outcome spawn(Act.Start start, ChildSpec.Start.Spawned spawned) {
        NodeId node = spawned.nodes().get(start.node());
        PortId port;
        try {
            port = kernel.verbs().spawn(node, spawned.init(), spawned.args().toArray());
        } catch (RuntimeException e) {
            return new Outcome.Fails(Reason.Died.of(e));
        }
        strays.follow(port);
        ChildWatch watch = new ChildWatch(port, supervisor, reason -> {
            strays.ended(port, reason);
            ends.ended(start.key(), start.life(), reason);
        });
        watch.register();
        return new Outcome.Runs(new ChildLife(kernel, watch, null));
    }

    private ChildWatch watch(Act.Start start, PortId port) {
        return new ChildWatch(port, supervisor, reason -> ends.ended(start.key(), start.life(), reason));
    }

    private Outcome local(Act.Start start, PortCell former) {
        CompletableFuture<Reason> begun = new CompletableFuture<>();
        if (!(start.spec().start() instanceof ChildSpec.Start.Constructed)) {
            boolean unused = begun.complete(null);
        }
        PortCell cell;
        try {
            cell = open(start, former, () -> {
                boolean unused = begun.complete(null);
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Fails(GIVEN_UP);
        } catch (Throwable e) {
            return new Outcome.Fails(Reason.Died.of(e));
        }
        ChildWatch watch = watch(start, cell.id());
        watch.register(cell);
        Reason failure = awaitStart(begun, watch);
        return failure == null ? new Outcome.Runs(new ChildLife(kernel, watch, cell)) : new Outcome.Fails(failure);
    }

    private PortCell open(Act.Start start, PortCell former, Runnable begun) throws InterruptedException {
        ChildSpec spec = start.spec();
        if (former != null && former.isWaitingForLife() && opener.raiseAgain(former, spec.start(), begun)) {
            return former;
        }
        boolean keeps = spec.keepMailbox() && spec.restart() != ChildSpec.Restart.TEMPORARY;
        PortOptions options = spec.name().map(PortOptions::named).orElse(PortOptions.defaults());
        return opener.raise(options, spec.start(), new Raising(spec.shutdown(), keeps, begun));
    }

    /** Waits until {@code start()} is over; the reason when the child died in it. */
    private Reason awaitStart(CompletableFuture<Reason> begun, ChildWatch watch) {
        CompletableFuture<Reason> known = begun.applyToEither(watch.end(), reason -> reason);
        boolean unused = kernel.dispatcher().awaits(known::isDone, Dispatcher.FOREVER);
        try {
            return known.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return GIVEN_UP;
        } catch (ExecutionException e) {
            throw new AssertionError("nothing here fails", e);
        }
    }
}
