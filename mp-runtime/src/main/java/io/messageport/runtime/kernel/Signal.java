package io.messageport.runtime.kernel;

import io.messageport.Reason;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** What the engine itself puts into a mailbox, in line with the messages. */
sealed interface Signal {
    /** First of all signals: the port's init. */
    record Start(Init init) implements Signal {}

    /** What sets a port up, in its own context. */
    interface Init {
        void run(PortCell cell) throws Exception;
    }

    /** Death of this life of the port and of no later one, with what was thrown if something was. */
    record Kill(Reason reason, Throwable cause, int life) implements Signal {}

    /** Code to run under the port's exclusion, in this life of it only; the result goes to {@code done}, may be null. */
    record Task(Callable<?> code, CompletableFuture<Object> done, int life) implements Signal {
        void abandon() {
            if (done != null) {
                done.complete(null);
            }
        }
    }

    /** Nothing but a reason to look at what is to be done between two messages. */
    record Settle() implements Signal {}
}
