package io.messageport.runtime;

import io.messageport.runtime.db.NodeDatabase;
import io.messageport.runtime.kernel.Dispatcher;
import io.messageport.runtime.kernel.Endpoint;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.kernel.PortCell;
import io.messageport.runtime.network.Network;
import io.messageport.spi.Current;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a node, in order: ports die and tell those who watch them, then peers get a goodbye, then threads end.
 * Every step runs whatever the ones before it did; closing twice waits for the first.
 */
final class NodeClosing {
    private static final Logger LOG = LoggerFactory.getLogger(NodeClosing.class);
    private static final long PATIENCE_SECONDS = 5;
    private static final int AT_ONCE = 10_000;
    private static final long LOOK_NANOS = 100_000;

    private final Kernel kernel;
    private final Network network;
    private final NodeDatabase database;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);

    /** Written once, by the thread that runs the steps. */
    private volatile Thread closer;

    /** For a node of these parts. */
    NodeClosing(Kernel kernel, Network network, NodeDatabase database) {
        this.kernel = kernel;
        this.network = network;
        this.database = database;
    }

    boolean hasBegun() {
        return begun.get();
    }

    void await() throws InterruptedException {
        boolean unused = kernel.dispatcher().awaits(() -> done.getCount() == 0, Dispatcher.FOREVER);
        done.await();
    }

    /** Returns when all is over, but to what the end itself waits for: code of a port or a callback is not kept. */
    void close() {
        boolean awaited =
                Current.ofThread().core() != null || kernel.callbacks().isCurrent() || Thread.currentThread() == closer;
        boolean first = begun.compareAndSet(false, true);
        if (first && awaited) {
            kernel.dispatcher().thread("mp-close", this::runLogged).start();
        } else if (first) {
            run();
        } else if (!awaited) {
            awaitFirst();
        }
    }

    private void awaitFirst() {
        try {
            await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runLogged() {
        try {
            run();
        } catch (RuntimeException | Error e) {
            LOG.error("node {} is closed, but not all of it closed well", kernel.self(), e);
        }
    }

    private void run() {
        closer = Thread.currentThread();
        Throwable failure = null;
        for (Runnable step : new Runnable[] {
            database::close,
            this::killPorts,
            kernel.callbacks()::awaitErrands,
            network::close,
            kernel.callbacks()::close,
            kernel.clock()::close,
            kernel.dispatcher()::close
        }) {
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        done.countDown();
        switch (failure) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> {}
        }
    }

    /** Children end with their parents, by the rules of the tree; whatever takes too long is ended brutally. */
    private void killPorts() {
        Collection<Endpoint> live = kernel.table().all();
        long patient = kernel.clock().nanos() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        long expected = live.size();
        for (Endpoint endpoint : live) {
            if (!(endpoint instanceof PortCell cell) || cell.isAtTop()) {
                endpoint.kill(Kernel.SHUTDOWN);
                expected--;
            }
            // Each of them needs a thread to end on: a million at once would need the memory for a million threads.
            long tolerated = expected + AT_ONCE;
            while (live.size() > tolerated && kernel.clock().nanos() - patient < 0) {
                if (!kernel.dispatcher().awaits(() -> live.size() <= tolerated, LOOK_NANOS)) {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
            }
        }
        try {
            long patience = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            boolean waited = kernel.dispatcher().awaits(live::isEmpty, patience);
            if (kernel.table().awaitEmpty(waited ? 0 : patience, TimeUnit.NANOSECONDS)) {
                return;
            }
            LOG.warn("node {} closes although {} port(s) have not ended within {} s; their handlers block",
                    kernel.self(), kernel.table().all().size(), PATIENCE_SECONDS);
            for (Endpoint endpoint : kernel.table().all()) {
                if (endpoint instanceof PortCell cell && cell.isAtTop()) {
                    cell.endNow(Kernel.SHUTDOWN);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
