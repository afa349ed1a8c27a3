package io.messageport.runtime.kernel;

import io.messageport.Body;
import io.messageport.PortTree;
import io.messageport.Reason;
import io.messageport.spi.Current;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of a threaded port ({@code CO-1}): owns the mailbox for as long as it lives, and the inbox into which it
 * moves what no tag handler takes.
 *
 * <p>Runs on one virtual thread. Only {@link #wake} and {@link #died} are for others.
 */
final class PortThread {
    private static final Logger LOG = LoggerFactory.getLogger(PortThread.class);

    private final PortCell cell;
    private final Body body;
    private final Thread thread;
    private final Inbox inbox = new Inbox();

    /** Open until whoever kills the port has interrupted the thread. */
    private final CountDownLatch interrupted = new CountDownLatch(1);

    /** Owned by the thread. */
    private boolean diedHere;

    /** Since when it has been at what it is at: code of the port's between two waits for messages. Nanoseconds. */
    private volatile long since;

    /** Owned by the thread: a tag handler is running, so the place in the inbox must not move. */
    private boolean inHandler;

    PortThread(PortCell cell, Body body) {
        this.cell = cell;
        this.body = body;
        this.thread = cell.kernel().dispatcher().thread("mp-port " + cell.id().name(), this::live);
        this.since = cell.kernel().clock().nanos();
    }

    void start() {
        thread.start();
    }

    /** A message came while the thread was waiting. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** The port is dead; unless it died on this very thread, that learns it at its next blocking point ({@code KIL-5}). */
    void died() {
        if (isCurrent()) {
            diedHere = true;
        } else if (interrupted.getCount() > 0) {
            thread.interrupt();
            interrupted.countDown();
        }
    }

    /** The interrupt is meant for the body, and must not hit what runs after it. */
    private void awaitKiller() {
        while (interrupted.getCount() > 0) {
            try {
                boolean unused = cell.kernel().dispatcher()
                        .awaits(() -> interrupted.getCount() == 0, Dispatcher.FOREVER);
                interrupted.await();
            } catch (InterruptedException expected) {
                LOG.trace("the interrupt of {} has come, or another before it", cell.id());
            }
        }
    }

    /** How many messages wait in the inbox; from other threads a number of some moment not long ago. */
    int unread() {
        return inbox.size();
    }

    /** By when the oldest message in the inbox had come; from any thread. */
    long oldest() {
        return inbox.oldest();
    }

    /** Since when it has not asked for a message or, in a wait for one, not run a tag handler; from any thread. */
    long since() {
        return since;
    }

    private void goesOn() {
        since = cell.kernel().clock().nanos();
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    private void live() {
        Current.ofThread().core(cell);
        goesOn();
        try {
            body.run(cell.port());
            cell.die(Reason.normal(), null);
        } catch (Throwable thrown) {
            cell.fail(thrown);
        } finally {
            Current.ofThread().core(null);
            if (!diedHere) {
                awaitKiller();
            }
            boolean unused = Thread.interrupted();
            cell.putFirst(inbox.takeAll());
            cell.threadEnded(!diedHere);
        }
    }

    /**
     * Takes the first unread message of the tag (any when null) that the test accepts, waiting for it.
     *
     * @return the payload, or null when the time was over
     */
    Object receive(Object tag, Predicate<Object> test, long nanos) throws InterruptedException {
        if (!isCurrent() || inHandler) {
            throw new IllegalStateException("receive works in the port's own thread, between its handlers; "
                    + (inHandler ? "a tag handler of " : "this is not the thread of ") + cell.id());
        }
        try {
            return receiveHere(tag, test, nanos);
        } finally {
            goesOn();
        }
    }

    private Object receiveHere(Object tag, Predicate<Object> test, long nanos) throws InterruptedException {
        long deadline = nanos < 0 ? 0 : cell.kernel().clock().nanos() + nanos;
        Inbox.Unread seen = null;
        for (;;) {
            pump();
            requireAlive();
            Inbox.Unread candidate;
            while ((candidate = inbox.after(seen, tag)) != null) {
                if (accepts(test, candidate)) {
                    Current.ofThread().payload(candidate.payload);
                    Observed.trace(cell, candidate.payload);
                    return inbox.remove(candidate);
                }
                seen = candidate;
            }
            long left = nanos < 0 ? Long.MAX_VALUE : deadline - cell.kernel().clock().nanos();
            if (left <= 0) {
                return null;
            }
            await(left);
        }
    }

    /** A message that does not fit the record asked for is taken out all the same: nobody meets it twice. */
    private boolean accepts(Predicate<Object> test, Inbox.Unread candidate) {
        inHandler = true;
        try {
            return test.test(candidate.payload);
        } catch (Misfit misfit) {
            Object unused = inbox.remove(candidate);
            throw misfit.mismatch();
        } finally {
            inHandler = false;
        }
    }

    private void requireAlive() throws InterruptedException {
        if (!cell.isAlive()) {
            throw new InterruptedException("port " + cell.id() + " was killed");
        }
    }

    private void await(long nanos) throws InterruptedException {
        if (!cell.idle(Hand.Mark.BUSY)) {
            return;
        }
        boolean forEver = nanos == Long.MAX_VALUE;
        boolean waited = cell.kernel().dispatcher()
                .awaits(() -> cell.state() != PortTree.State.IDLE, forEver ? Dispatcher.FOREVER : nanos);
        if (!waited && forEver) {
            LockSupport.park(cell);
        } else if (!waited) {
            LockSupport.parkNanos(cell, nanos);
        }
        cell.busy();
        goesOn();
        requireUninterrupted();
    }

    private void requireUninterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            requireAlive();
            throw new InterruptedException("port " + cell.id() + " was interrupted");
        }
    }

    /** Moves what waits in the mailbox into the inbox, and runs tag handlers and signals on the way. */
    private void pump() throws InterruptedException {
        for (Object taken = cell.poll(); taken != null; taken = cell.poll()) {
            Observed.beforeTagHandler(cell, taken);
            inHandler = true;
            try {
                if (cell.takeInThread(taken)) {
                    goesOn();
                } else {
                    inbox.add(taken, cell.arrivedBy(taken));
                }
            } finally {
                inHandler = false;
            }
            requireAlive();
        }
        requireUninterrupted();
    }
}
