package io.messageport.runtime.supervise;

import io.messageport.ChildSpec;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.runtime.kernel.Dispatcher;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.kernel.PortCell;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One life of a child, from its start to its end. Owned by the supervisor. */
final class ChildLife {
    private static final Logger LOG = LoggerFactory.getLogger("io.messageport.supervisor");

    private final Kernel kernel;
    private final ChildWatch watch;

    /** Null for a child on another node. */
    private final PortCell cell;

    ChildLife(Kernel kernel, ChildWatch watch, PortCell cell) {
        this.kernel = kernel;
        this.watch = watch;
        this.cell = cell;
    }

    PortId port() {
        return watch.target();
    }

    /** The port here, or null for a child on another node. */
    PortCell cell() {
        return cell;
    }

    /** Tells it to end, and waits for that no longer than its spec allows. */
    void end(ChildSpec.Shutdown shutdown, boolean keeps, Reason reason) throws InterruptedException {
        if (cell == null) {
            kernel.router().kill(port(), reason);
            awaitFar(shutdown);
            return;
        }
        cell.keepsMailbox(keeps);
        cell.endWithin(shutdown, reason);
        if (!keeps) {
            cell.letGo();
        }
    }

    /** Tells it to end, without waiting; for children that end together. */
    void tell(ChildSpec.Shutdown shutdown, Reason reason) {
        if (cell == null) {
            kernel.router().kill(port(), reason);
        } else if (!(shutdown instanceof ChildSpec.Shutdown.BrutalKill)) {
            cell.keepsMailbox(false);
            cell.shutdown(reason);
        }
    }

    /** Its mailbox waits for nobody any more. */
    void release() {
        if (cell != null) {
            cell.letGo();
        }
    }

    private void awaitFar(ChildSpec.Shutdown shutdown) throws InterruptedException {
        CompletableFuture<Reason> end = watch.end();
        try {
            Reason unused = switch (shutdown) {
                case ChildSpec.Shutdown.Grace grace -> {
                    long nanos = Member.nanos(grace.time());
                    boolean waited = kernel.dispatcher().awaits(end::isDone, nanos);
                    yield end.get(waited ? 0 : nanos, TimeUnit.NANOSECONDS);
                }
                case ChildSpec.Shutdown.BrutalKill brutal -> end.getNow(null);
                case ChildSpec.Shutdown.Unlimited unlimited -> {
                    boolean unusedWait = kernel.dispatcher().awaits(end::isDone, Dispatcher.FOREVER);
                    yield end.get();
                }
            };
        } catch (TimeoutException e) {
            LOG.warn("child {} has not ended within its grace; its supervisor goes on without it", port());
        } catch (ExecutionException e) {
            throw new AssertionError("a watch completes with a reason", e);
        }
    }
}
