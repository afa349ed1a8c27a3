package io.messageport.benchmarks.remote;

import org.apache.pekko.actor.typed.ActorRef;

/** What travels between two actor systems. */
interface PekkoMessage {
    /** For an actor that is sent to. */
    sealed interface ToReceiver extends PekkoMessage {}

    /** For an actor that sends. */
    sealed interface ToSender extends PekkoMessage {}

    /** Says whom to answer, and after how many messages each. */
    record Begin(ActorRef<ToSender> replyTo, int every) implements ToReceiver {}

    /** The small message. */
    record Trade(long number, int lane, String word, double amount) implements ToReceiver {}

    /** Asks for confirmation. */
    record Finish(long sent) implements ToReceiver {}

    /** For the sending actor of the same system: send so many. */
    record Go(int count) implements ToSender {}

    /** So many have been handled. */
    record Acknowledged(long received) implements ToSender {}

    /** The small message, sent back. */
    record Answer(long number, int lane, String word, double amount) implements ToSender {}

    /** What has arrived in all. */
    record Finished(long received, long misplaced) implements ToSender {}
}
