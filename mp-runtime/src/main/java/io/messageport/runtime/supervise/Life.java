package io.messageport.runtime.supervise;

import io.messageport.ChildSpec;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.runtime.kernel.Kernel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One life of a child, from its start to its end. Owned by the supervisor. */
final class Life {
    private static final Logger LOG = LoggerFactory.getLogger("io.messageport.supervisor");

    private final Kernel kernel;
    private final ChildWatch watch;
    private final boolean supervisor;

    Life(Kernel kernel, ChildWatch watch, boolean supervisor) {
        this.kernel = kernel;
        this.watch = watch;
        this.supervisor = supervisor;
    }

    PortId port() {
        return watch.target();
    }

    boolean isSupervisor() {
        return supervisor;
    }

    /** Begins its end; it may have ended. */
    void tellToEnd(Reason reason) {
        kernel.router().kill(port(), reason);
    }

    /** Waits for its end for as long as its spec says, and does the rest without waiting. */
    void awaitEnd(ChildSpec.Shutdown shutdown) throws InterruptedException {
        try {
            Reason unused = switch (shutdown) {
                case ChildSpec.Shutdown.Grace grace ->
                        watch.end().get(Member.nanos(grace.time()), TimeUnit.NANOSECONDS);
                case ChildSpec.Shutdown.BrutalKill brutal -> watch.end().getNow(null);
                case ChildSpec.Shutdown.Unlimited unlimited -> watch.end().get();
            };
        } catch (TimeoutException e) {
            LOG.warn("child {} has not ended within its grace; its supervisor goes on without it", port());
        } catch (ExecutionException e) {
            throw new AssertionError("a watch completes with a reason", e);
        }
    }
}
