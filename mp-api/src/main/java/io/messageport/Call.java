package io.messageport;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A question under way: completes exactly once, with a reply, the callee's death, the timeout, or when it is cancelled
 * ({@code CAL-2}).
 *
 * <p>A reply that comes later than that meets a port that is no longer there.
 */
public interface Call extends Guard {
    /** The port that was asked. */
    PortId target();

    /** The port that takes the reply; it lives exactly as long as the call is open. */
    PortId replyPort();

    /**
     * Blocks until the reply is here.
     *
     * @return the reply, which may be empty
     * @throws CallException when the callee died or was lost, or the time is over, or the call was cancelled
     * @throws IllegalStateException when the port that would wait here is the one that has to answer
     * @throws InterruptedException when the calling thread is interrupted, as it is when its port is killed
     */
    Message await() throws InterruptedException;

    /** How the call ends, on whatever thread ends it: stages attached here must not block. */
    CompletionStage<CallOutcome> outcome();

    /**
     * Runs {@code then} with the outcome in the context of the port that made the call, after its present handler; for
     * a call made by the node, on a thread of its own. Not run if that port has died by then.
     *
     * @return this
     */
    Call then(Consumer<CallOutcome> then);

    /**
     * Gives the call up: it completes with {@link CallOutcome.Cancelled}. The port that was asked handles the question all
     * the same; its reply counts as late.
     *
     * @return true when this very call completed it
     */
    @Override
    boolean cancel();
}
