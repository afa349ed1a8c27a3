package io.messageport.transport.peer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The times between the break of a link's socket and what follows: another socket, or the loss of the link. */
final class Mending {
    /** Completed when the present break is over; replaced under the table's lock at the next. */
    private volatile CompletableFuture<Void> present = CompletableFuture.completedFuture(null);

    /** Where the link was offered last, to go on; null before that. Guarded by the table's lock. */
    private Connection offeredOn;

    /** A break begins; under the table's lock. */
    void begins() {
        present = new CompletableFuture<>();
    }

    /** It is over. */
    void ends() {
        present.complete(null);
    }

    /** The present break. Whoever ends it holds locks, so what depends on it runs elsewhere. */
    CompletableFuture<Void> present() {
        return present;
    }

    /** Waits for the end of the present break, but not longer; true when it is over. */
    boolean await(long nanos) throws InterruptedException {
        try {
            present.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError("nobody completes it with an exception", e);
        }
    }

    /** A verdict is awaited on this socket, and on the one before no longer; under the table's lock. */
    void offersOn(Connection socket, Connection present) {
        if (offeredOn != null && offeredOn != present) {
            offeredOn.abort();
        }
        offeredOn = socket;
    }

    /** Whether the verdict is awaited on this socket; under the table's lock. */
    boolean isOfferedOn(Connection socket) {
        return offeredOn == socket;
    }
}
