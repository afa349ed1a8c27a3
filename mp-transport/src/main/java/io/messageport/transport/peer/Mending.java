package io.messageport.transport.peer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The times between the break of a link's socket and what follows: another socket, or the loss of the link. */
final class Mending {
    /** Completed when the present break is over; replaced under the table's lock at the next. */
    private volatile CompletableFuture<Void> present = CompletableFuture.completedFuture(null);

    /** A break begins; under the table's lock. */
    void begins() {
        present = new CompletableFuture<>();
    }

    /** It is over. */
    void ends() {
        present.complete(null);
    }

    /** The present break. */
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
}
