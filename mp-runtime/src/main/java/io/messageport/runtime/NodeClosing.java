package io.messageport.runtime;

import io.messageport.Reason;
import io.messageport.runtime.kernel.Endpoint;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.link.Transport;
import io.messageport.spi.Current;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a node, in order: ports die and tell those who watch them, then peers get a goodbye, then threads end.
 * Every step runs whatever the ones before it did; closing twice waits for the first.
 */
final class NodeClosing {
    private static final Logger LOG = LoggerFactory.getLogger(NodeClosing.class);
    private static final long PATIENCE_SECONDS = 5;
    private static final Reason SHUTDOWN = Reason.of("shutdown", "node closed");

    private final Kernel kernel;
    private final Transport transport;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);

    /** For a node with this kernel; the transport is null when it has no network. */
    NodeClosing(Kernel kernel, Transport transport) {
        this.kernel = kernel;
        this.transport = transport;
    }

    boolean hasBegun() {
        return begun.get();
    }

    void await() throws InterruptedException {
        done.await();
    }

    void close() {
        if (begun.compareAndSet(false, true)) {
            if (Current.ofThread().core() != null) {
                // One of the ports asks; it cannot die before its handler returns, so nobody may wait for it here.
                Thread ignored = Thread.ofVirtual().name("mp-close").start(this::run);
                return;
            }
            run();
        }
    }

    private void run() {
        RuntimeException failure = null;
        for (Runnable step : new Runnable[] {
            this::killPorts,
            this::closeTransport,
            kernel.callbacks()::close,
            kernel.clock()::close,
            kernel.dispatcher()::close
        }) {
            try {
                step.run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        done.countDown();
        if (failure != null) {
            throw failure;
        }
    }

    private void killPorts() {
        for (Endpoint endpoint : kernel.table().all()) {
            endpoint.kill(SHUTDOWN);
        }
        try {
            if (!kernel.table().awaitEmpty(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("node {} closes although {} port(s) have not ended within {} s; their handlers block",
                        kernel.self(), kernel.table().all().size(), PATIENCE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeTransport() {
        if (transport != null) {
            transport.close();
        }
    }
}
