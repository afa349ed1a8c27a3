package io.messageport.runtime.supervise;

import io.messageport.Child;
import io.messageport.ChildSpec;
import io.messageport.Reason;
import java.util.List;

/** What a supervisor is to do, one thing after the other. */
sealed interface Act {
    /**
     * Starts a child and tells with {@link Event.Started} or {@link Event.StartFailed}; always the last of a list.
     *
     * @param life a number that no other start of this child has
     * @param node which of its nodes, for a child that is spawned
     */
    record Start(String key, long life, ChildSpec spec, int node) implements Act {}

    /** Ends children as their specs say: the first before the second, or all at the same time. */
    record Stop(List<Ending> endings, boolean together) implements Act {}

    /** One child to be ended; {@code keeps} when its mailbox is for its next life. */
    record Ending(String key, ChildSpec spec, boolean keeps) {}

    /** Gives up the mailbox that was kept for a child: it will not be started again. */
    record Release(String key) implements Act {}

    /** Tells with {@link Event.Retry} when the time is over. */
    record Later(long ticket, long delayNanos) implements Act {}

    /** Ends the supervisor itself; its children have ended. */
    record Finish(Reason reason) implements Act {}

    /** Says in the log what happened to a child and what is done about it. */
    record Report(String key, Reason reason, String consequence) implements Act {}

    /** Tells the one who asked: done; the child where there is one to tell of, else null. */
    record Done(Child child) implements Act {}

    /** Tells the one who asked that there is no such child. */
    record Unknown(String key) implements Act {}

    /** Tells the one who asked why not. */
    record Refused(String text) implements Act {}

    /** Tells the one who asked that the child did not start. */
    record Failed(String key, Reason reason) implements Act {}
}
