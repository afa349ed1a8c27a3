package io.messageport.runtime.kernel;

import io.messageport.ChildSpec;
import io.messageport.Port;
import io.messageport.Reason;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How a port ends: by itself or by a kill that has come to its turn ({@link #die}), after its present handler
 * ({@link #shutdown}), or whatever its handler does ({@link #endNow}). Its children end first, then its monitors fire.
 *
 * <p>A port whose mailbox is kept for its next life ({@code ID-5}) dies as any other, but for two things: its name stays
 * taken, and who watches it from then on watches the next life.
 */
abstract class Ending extends Lifetime {
    /** How long a brutal end waits for one that is under way already. */
    private static final long HURRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LOOK_NANOS = 10_000;

    /** Owned by the running thread: the owner has died by itself, and swept. */
    private boolean diedHere;

    Ending(Kernel kernel, Object first) {
        super(kernel, first);
    }

    // ---- four ways to die ------------------------------------------------------------------------------------------

    /**
     * Ends it here and now: the first reason stands ({@code KIL-1}). A step that throws keeps none of the others from
     * being done; the mailbox is given up last, and the name after the monitors have fired, so that nothing sent to a
     * successor overtakes them ({@code SND-5}).
     */
    public final void die(Reason reason, Throwable cause) {
        if (dies(reason)) {
            bury(reason, cause, closed(true));
        }
    }

    /** Closes the mailbox for one who tells, or keeps it where it may; true when another thread owns it. */
    private boolean closed(boolean mayKeep) {
        Place at = place();
        if (at == null) {
            return end(false);
        }
        Life life = at.life();
        boolean claimed = life.claim();
        assert claimed : "the one who gave the reason is alone";
        life.held(mayKeep && at.keeps());
        return end(life.isHeld());
    }

    /**
     * A full mailbox ends its port at once, whatever its handler is doing: nothing gets in any more when this returns, so
     * the message that found no room is the first to be lost, and the last ({@code BND-1}, {@code SND-5}). A mailbox that
     * would be kept is not: the next life would find it full.
     */
    final void overflowed(int depth) {
        Reason reason = new Reason.MailboxOverflow(depth);
        if (dies(reason)) {
            boolean owned = closed(false);
            kernel().dispatcher().thread("mp-kill", () -> bury(reason, null, owned)).start();
        } else if (isWaitingForLife()) {
            letGo(reason);
        }
        while (isAlive()) {
            // Whoever came first is about to close the mailbox; what this sender sends next must not get in before.
            Thread.onSpinWait();
        }
    }

    /** What follows when the mailbox has been closed, while another thread owned it or while none did. */
    private void bury(Reason reason, Throwable cause, boolean owned) {
        PortThread own = thread();
        finish(reason, cause, true, own == null ? !owned || isHere() : own.isCurrent());
        if (own == null && !owned) {
            vacate();
        }
    }

    /** Ends it after its present handler, ahead of everything that waits ({@code BND-4}); does not wait for that. */
    public final void shutdown(Reason reason) {
        Place at = placed();
        if (!dies(reason)) {
            return;
        }
        Life life = at.life();
        life.leaveToOwner();
        life.held(at.keeps());
        boolean owned = end(life.isHeld());
        PortThread own = thread();
        if (own != null) {
            own.died();
        } else if (!owned) {
            Port port = cell().port();
            if (at.hasChildren() || port != null && port.getClass() != Port.class) {
                kernel().dispatcher().thread("mp-end", () -> finishUnowned(life)).start();
            } else {
                finishUnowned(life);
            }
        }
    }

    private void finishUnowned(Life life) {
        finish(death(), null, life.claimLeft(), true);
        vacate();
    }

    /** Ends it at once: its handler is interrupted, and its monitors fire whatever the handler does ({@code BND-4}). */
    public final void endNow(Reason reason) {
        Place at = placed();
        Life life = at.life();
        boolean mine = dies(reason);
        boolean owned = true;
        if (mine) {
            life.leaveToOwner();
            life.held(at.keeps());
            owned = end(life.isHeld());
        }
        if (life.claimBrutally()) {
            life.hurry();
            if (owned) {
                interrupt(at, life);
            }
            life.interrupted();
            finishBrutally(at);
        } else {
            hurry(life);
        }
        if (!owned && thread() == null) {
            kernel().dispatcher().thread("mp-end", () -> finishUnowned(life)).start();
        }
    }

    /** Children may have children, and no stack is as deep as a tree may be: each level has a thread to end it. */
    private void finishBrutally(Place at) {
        if (!at.hasChildren()) {
            finish(death(), null, true, false);
            return;
        }
        Death.onThreadOfItsOwn(kernel().dispatcher(), () -> finish(death(), null, true, false));
    }

    private void interrupt(Place at, Life life) {
        PortThread own = thread();
        if (own != null) {
            own.died();
            return;
        }
        // The owner has claimed the mailbox, and is about to say who it is.
        Thread running = at.runner();
        for (int i = 0; running == null && i < 1000 && !life.isVacated(); i++) {
            if (!kernel().dispatcher().awaits(() -> at.runner() != null || life.isVacated(), LOOK_NANOS)) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            running = at.runner();
        }
        if (running != null) {
            running.interrupt();
        }
    }

    /** Somebody else carries out the end. */
    private void hurry(Life life) {
        life.hurry();
        boolean over = false;
        try {
            over = life.awaitOver(kernel().dispatcher(), HURRY_NANOS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!over) {
            boolean unused = tell(death(), life.isHeld());
            life.over();
        }
    }

    /** Ends it in this way, and returns when it is dead. */
    public final void endWithin(ChildSpec.Shutdown way, Reason reason) throws InterruptedException {
        if (way instanceof ChildSpec.Shutdown.BrutalKill) {
            endNow(reason);
            return;
        }
        kernel().dispatcher().beforeWaiting();
        shutdown(reason);
        if (!placed().life().awaitOver(kernel().dispatcher(), Place.patience(way))) {
            endNow(reason);
        }
    }

    // ---- the end ---------------------------------------------------------------------------------------------------

    /**
     * The steps of an end, in order.
     *
     * @param tells whether the caller ends the children and fires the monitors
     * @param here whether the caller is, or stands for, the thread that runs in the port
     */
    private void finish(Reason reason, Throwable cause, boolean tells, boolean here) {
        Place at = place();
        boolean held = at != null && at.life().isHeld();
        if (tells) {
            kernel().observation().records().portDied(cell().id(), reason);
        }
        try {
            if (tells && at != null) {
                if (at.hasChildren() || Death.hasLastWords(cell())) {
                    at.life().finishing();
                }
                at.endChildren();
            }
            if (here) {
                diedHere = true;
                Death.stopped(cell(), reason);
            }
            if (tells && !tell(reason, held)) {
                Death.log(cell(), reason, cause, current());
            }
        } finally {
            if (tells && !held) {
                leave(at);
            }
            PortThread own = thread();
            if (own != null) {
                own.died();
            } else if (here && !held) {
                sweep();
            }
            if (tells && at != null) {
                at.life().over();
            }
        }
    }

    private void leave(Place at) {
        kernel().table().leave(cell());
        if (at != null) {
            at.leave();
        }
    }

    /** The owner of a callback port finds it dead, and leaves it. */
    @Override
    final void ended() {
        if (thread() != null) {
            return;
        }
        Place at = place();
        if (!diedHere) {
            finish(death(), null, at != null && at.life().claimLeft(), true);
        }
        if (at != null) {
            at.life().awaitInterrupt(kernel().dispatcher());
            vacate();
        }
    }

    /** The last act of a threaded port's thread, after it has died by itself or of others. */
    final void threadEnded(boolean diedOfOthers) {
        Place at = place();
        try {
            if (diedOfOthers) {
                finish(death(), null, at != null && at.life().claimLeft(), true);
            }
        } finally {
            if (at == null || !at.life().isHeld()) {
                sweep();
            }
            vacate();
        }
    }

    /** Nobody runs in it any more. */
    private void vacate() {
        Place at = place();
        if (at != null) {
            Life life = at.life();
            life.vacated();
            if (life.isHeld() && isSweeping() && life.sweeps()) {
                sweep();
            }
        }
    }

    // ---- between two lives -----------------------------------------------------------------------------------------

    /** There will be no other life: what waits for it is lost, and who watches is told. */
    public final void letGo() {
        letGo(death());
    }

    private void letGo(Reason reason) {
        Place at = place();
        if (at == null || !stopsWaitingForLife()) {
            return;
        }
        boolean unused = tell(reason, false);
        leave(at);
        Life life = at.life();
        if (life.isVacated() && life.sweeps()) {
            sweep();
        }
    }

    /**
     * Begins the next life of a port whose mailbox was kept: the caller owns it from now on, as if it were the port's
     * thread.
     *
     * @return false when the mailbox is lost, or the thread of the former life does not leave it; then it has been let go
     */
    final boolean revives() throws InterruptedException {
        Place at = place();
        boolean free = at.life().awaitVacated(
                kernel().dispatcher(), Place.patience(new ChildSpec.Shutdown.Grace(ChildSpec.USUAL_GRACE)));
        if (!free) {
            letGo();
            return false;
        }
        Life former = at.nextLife();
        Reason reason = death();
        diedHere = false;
        death(null);
        if (!takeForLife()) {
            death(reason);
            at.life(former);
            if (former.sweeps()) {
                sweep();
            }
            return false;
        }
        at.forgetChildren();
        ownAnew();
        cell().beginAnew();
        return true;
    }

    /** A life that its constructor or setup has thrown away; called by the one who revived it. */
    final void stillborn(Reason reason, Throwable cause) {
        if (dies(reason)) {
            boolean unused = closed(true);
            finish(reason, cause, true, true);
            vacate();
        } else {
            ended();
        }
    }
}
