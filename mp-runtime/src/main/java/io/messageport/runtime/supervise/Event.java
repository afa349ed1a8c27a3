package io.messageport.runtime.supervise;

import io.messageport.ChildSpec;
import io.messageport.PortId;
import io.messageport.Reason;

/** What a supervisor learns. */
sealed interface Event {
    /** It is to start its children: the first event of all. */
    record Boot() implements Event {}

    /** The child it was starting runs. */
    record Started(PortId port, boolean supervisor) implements Event {}

    /** The child it was starting does not. */
    record StartFailed(Reason reason) implements Event {}

    /** A child has ended; the life says which of its ends this is. */
    record Ended(String key, long life, Reason reason) implements Event {}

    /** The wait before a restart is over. */
    record Retry(long ticket) implements Event {}

    /** Somebody wants a further child. */
    record StartChild(ChildSpec spec) implements Event {}

    /** Somebody wants a child ended. */
    record TerminateChild(String key) implements Event {}

    /** Somebody wants a child started that has ended. */
    record RestartChild(String key) implements Event {}

    /** Somebody wants a child forgotten. */
    record DeleteChild(String key) implements Event {}
}
