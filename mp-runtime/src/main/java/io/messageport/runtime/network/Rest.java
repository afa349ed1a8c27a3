package io.messageport.runtime.network;

import io.messageport.runtime.kernel.Dispatcher;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether one connection rests, and the agreement of both ends to give it up ({@code SEED-2}). The end that asks sends
 * nothing more until the other has answered. The other one, if it has no use for the connection either, closes it: what
 * it has sent before arrives, and it has seen all that was sent to it. So nothing is lost, and nothing that was asked for
 * meanwhile is told of a loss: it moves to the next connection.
 *
 * <p>A sender looks at one field, unless the connection has been at rest for long: then it wakes it first, under the lock
 * under which it is asked to be given up. So a message could only fall behind that question if its sender was stopped
 * between two instructions, at the look and at the send, for longer than half of the idle limit, and then it is lost as if
 * sent to a node that closes; there is no monitor that could have promised more.
 *
 * <p>Any thread.
 */
final class Rest {
    private final ReentrantLock gate = new ReentrantLock();

    /** Whether a message has passed since the last look. */
    private volatile boolean used = true;

    /** Whether senders have to wake the connection first. Changes under the gate. */
    private volatile boolean rests;

    /** Both guarded by the gate; the first: whether the last look found nothing. */
    private boolean quiet;

    private Question question;

    /** Whether the other end has agreed to the open question; written on the reader, and read when the link is lost. */
    private volatile boolean agreed;

    /** The other end has been asked, and has not answered. */
    private static final class Question {
        final CountDownLatch over = new CountDownLatch(1);
    }

    /** A message passes. */
    void use() {
        if (!used) {
            used = true;
        }
    }

    /** Whether the connection may be sent over at this moment; it is awake then for long enough. Never waits. */
    boolean isOpen() {
        return !rests || wake() == null;
    }

    /** Waits until the connection may be sent over, or is found to be given up: one round trip, if at all. */
    void awaitOpen(Dispatcher dispatcher) {
        Question asked = rests ? wake() : null;
        boolean interrupted = false;
        while (asked != null && asked.over.getCount() > 0) {
            if (dispatcher.awaits(() -> asked.over.getCount() == 0, Dispatcher.FOREVER)) {
                interrupted |= Thread.interrupted();
                continue;
            }
            try {
                asked.over.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The question that has to be answered first; null when the connection is awake. */
    private Question wake() {
        gate.lock();
        try {
            if (question == null) {
                stir();
            }
            return question;
        } finally {
            gate.unlock();
        }
    }

    /** With the gate held. */
    private void stir() {
        rests = false;
        quiet = false;
        used = true;
    }

    /**
     * One look, twice in each idle limit.
     *
     * @return whether the other end is to be asked now, by {@link #ask}
     */
    boolean look() {
        gate.lock();
        try {
            if (question != null) {
                return false;
            }
            if (used) {
                used = false;
                quiet = false;
                rests = false;
                return false;
            }
            boolean asleep = rests;
            rests = true;
            quiet = true;
            return asleep;
        } finally {
            gate.unlock();
        }
    }

    /** Asks, if nobody has woken the connection since {@link #look}: {@code asking} sends the question. */
    void ask(Runnable asking) {
        gate.lock();
        try {
            if (rests && question == null && !used) {
                question = new Question();
                asking.run();
            }
        } finally {
            gate.unlock();
        }
    }

    /** Whether this end has asked. */
    boolean hasAsked() {
        gate.lock();
        try {
            return question != null;
        } finally {
            gate.unlock();
        }
    }

    /** Whether nothing has passed since the last look but one. */
    boolean isQuiet() {
        gate.lock();
        try {
            return !used && quiet;
        } finally {
            gate.unlock();
        }
    }

    /** The other end has agreed, and closes the connection. */
    void agreed() {
        agreed = true;
    }

    /** Whether the other end has agreed to give the connection up. */
    boolean isGivenUp() {
        return agreed;
    }

    /** The connection stays, or is lost: whoever waits goes on. */
    void over() {
        Question ended;
        gate.lock();
        try {
            ended = question;
            question = null;
            rests = false;
            quiet = true;
        } finally {
            gate.unlock();
        }
        if (ended != null) {
            ended.over.countDown();
        }
    }
}
