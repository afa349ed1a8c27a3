package io.messageport.runtime.supervise;

import io.messageport.ChildSpec;
import io.messageport.NodeId;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.PortOptions;
import io.messageport.Reason;
import io.messageport.Supervisor;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.kernel.PortCell;
import io.messageport.runtime.kernel.PortOpener;
import io.messageport.spi.Access;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Starts children, each in its own way, and waits until it is known whether they run. Owned by the supervisor. */
final class Starter {
    private final PortCell supervisor;
    private final Kernel kernel;
    private final PortOpener opener;
    private final Ends ends;

    Starter(PortCell supervisor, PortOpener opener, Ends ends) {
        this.supervisor = supervisor;
        this.kernel = supervisor.kernel();
        this.opener = opener;
        this.ends = ends;
    }

    /** Who is told of the end of a life. */
    interface Ends {
        void ended(String key, long life, Reason reason);
    }

    /** What became of a start. */
    sealed interface Outcome {
        record Runs(Life life) implements Outcome {}

        record Fails(Reason reason) implements Outcome {}
    }

    Outcome start(Act.Start start) {
        return switch (start.spec().start()) {
            case ChildSpec.Start.Constructed constructed -> local(start, constructed);
            case ChildSpec.Start.Plain plain -> local(start, plain);
            case ChildSpec.Start.Threaded threaded -> local(start, threaded);
            case ChildSpec.Start.Spawned spawned -> spawn(start, spawned);
        };
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
        return new Outcome.Runs(new Life(kernel, watch(start, port), false));
    }

    private ChildWatch watch(Act.Start start, PortId port) {
        ChildWatch watch =
                new ChildWatch(port, supervisor, reason -> ends.ended(start.key(), start.life(), reason));
        watch.register();
        return watch;
    }

    private Outcome local(Act.Start start, ChildSpec.Start way) {
        PortOptions options = start.spec().name().map(PortOptions::named).orElseGet(PortOptions::defaults);
        Port port;
        try {
            port = switch (way) {
                case ChildSpec.Start.Constructed constructed -> opener.construct(options, constructed.constructor());
                case ChildSpec.Start.Plain plain -> opener.plain(options, plain.setup());
                case ChildSpec.Start.Threaded threaded -> opener.threaded(options, threaded.body());
                case ChildSpec.Start.Spawned spawned -> throw new AssertionError(spawned);
            };
        } catch (RuntimeException | Error e) {
            return new Outcome.Fails(Reason.Died.of(e));
        }
        ChildWatch watch = watch(start, port.id());
        Reason failure = way instanceof ChildSpec.Start.Constructed ? awaitStart(port, watch) : null;
        return failure == null
                ? new Outcome.Runs(new Life(kernel, watch, port instanceof Supervisor))
                : new Outcome.Fails(failure);
    }

    /** Waits until {@code start()} is over; the reason when the child died in it. */
    private Reason awaitStart(Port port, ChildWatch watch) {
        CompletableFuture<Reason> begun = new CompletableFuture<>();
        ((PortCell) Access.ports().core(port)).post(() -> {
            boolean unused = begun.complete(null);
        });
        kernel.dispatcher().beforeWaiting();
        try {
            return begun.applyToEither(watch.end(), reason -> reason).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reason.of("shutdown", "the supervisor was ended while it started this child");
        } catch (ExecutionException e) {
            throw new AssertionError("nothing here fails", e);
        }
    }
}
