package io.messageport.runtime.kernel;

import io.messageport.Port;
import io.messageport.Reason;
import io.messageport.runtime.spawn.SpawnRefusedException;
import io.messageport.spi.Access;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said and done beside a port's death. */
final class Death {
    private static final Logger LOG = LoggerFactory.getLogger("io.messageport.port");

    private Death() {}

    /** Whether the port may have code of the user's to run at its end. */
    static boolean hasLastWords(PortCell cell) {
        return cell.port() != null && cell.port().getClass() != Port.class;
    }

    /** Lets a port of the user's own class put things away. */
    static void stopped(PortCell cell, Reason reason) {
        if (!hasLastWords(cell)) {
            return;
        }
        try {
            Access.ports().stopped(cell.port(), reason);
        } catch (Exception | Error e) {
            LOG.error("stopped() of {} threw; the port is dead all the same", cell.id(), e);
        }
    }

    /** Carries out an end and returns when it is done; an interrupt does not shorten that, and is kept. */
    static void onThreadOfItsOwn(Dispatcher dispatcher, Runnable end) {
        CountDownLatch done = new CountDownLatch(1);
        Thread ending = dispatcher.thread("mp-end", () -> {
            try {
                end.run();
            } finally {
                done.countDown();
            }
        });
        ending.start();
        boolean interrupted = false;
        while (done.getCount() > 0) {
            try {
                boolean unused = dispatcher.awaits(() -> done.getCount() == 0, Dispatcher.FOREVER);
                done.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why the children of this port end when it does: the same for all below, however deep they are. */
    static Reason withParent(PortCell parent) {
        return Reason.of("shutdown", "its parent died", parent.id());
    }

    /** An abnormal death that nobody monitors must not go unseen ({@code KIL-4}). */
    static void log(PortCell cell, Reason reason, Throwable cause, Object lastPayload) {
        if (cause instanceof VirtualMachineError) {
            LOG.error("port {} hit the limits of the JVM", cell.id(), cause);
        }
        if (reason.isNormal() || cell.kernel().verbs().isClosing()) {
            return;
        }
        if (cause instanceof SpawnRefusedException) {
            // Peers can ask as often as they like; whoever refused has logged it.
            LOG.debug("port {} is not spawned: {}", cell.id(), cause.getMessage());
            return;
        }
        Place at = cell.place();
        if (at != null && at.parent() != null && reason.equals(withParent(at.parent()))) {
            LOG.debug("port {} ended with its parent {}", cell.id(), at.parent().id());
            return;
        }
        String last = lastPayload == null ? "no message in work" : "last message " + Payloads.describe(lastPayload);
        LOG.warn("unmonitored local port {} died with reason: {} ({})", cell.id(), reason, last, cause);
    }
}
