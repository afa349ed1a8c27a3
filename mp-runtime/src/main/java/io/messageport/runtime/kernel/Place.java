package io.messageport.runtime.kernel;

import io.messageport.ChildSpec;
import io.messageport.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a port stands in the tree of its node: its parent, its children, and how its parent ends it. Only ports that have
 * a parent or have had children have one; the many others stand at the top, and cost nothing for it.
 */
final class Place {
    private static final Logger LOG = LoggerFactory.getLogger("io.messageport.port");

    private static final VarHandle BROOD;
    private static final VarHandle LEFT;
    private static final VarHandle RUNNER;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            BROOD = lookup.findVarHandle(Place.class, "brood", Brood.class);
            LEFT = lookup.findVarHandle(Place.class, "left", boolean.class);
            RUNNER = lookup.findVarHandle(Place.class, "runner", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final ChildSpec.Shutdown USUAL = new ChildSpec.Shutdown.Grace(ChildSpec.USUAL_GRACE);

    /** Whether it has left its parent's {@link Brood}. */
    private volatile boolean left;

    private final PortCell cell;

    /** The parent's children, of its life in which this one was started; null at the top. */
    private final Brood siblings;

    private final PortCell parent;

    /** Made by the first child; written by the owner of the mailbox between two lives. */
    private volatile Brood brood;

    private volatile Life life = new Life(0);
    private volatile ChildSpec.Shutdown shutdown = USUAL;
    private volatile boolean keeps;
    private volatile boolean endsChildrenTogether;

    /** How often its supervisor has started it again. */
    private volatile long restarts;

    /** The thread on which a handler of the port is running, or null. */
    private volatile Thread runner;

    /** A place below a parent, or at the top when null. */
    Place(PortCell cell, PortCell parent) {
        this.cell = cell;
        this.parent = parent;
        this.siblings = parent == null ? null : parent.placed().brood();
    }

    PortCell cell() {
        return cell;
    }

    PortCell parent() {
        return parent;
    }

    /** Takes its place behind its siblings; false when the parent is ending. */
    boolean enter() {
        return siblings == null || siblings.add(this);
    }

    void leave() {
        if (siblings != null) {
            siblings.remove(this);
        }
    }

    /** Marks it as ended; false when it was. */
    boolean leaves() {
        return !left && LEFT.compareAndSet(this, false, true);
    }

    boolean hasLeft() {
        return left;
    }

    private Brood brood() {
        Brood present = brood;
        if (present == null) {
            Brood made = new Brood();
            present = BROOD.compareAndSet(this, null, made) ? made : brood;
        }
        return present;
    }

    List<Place> children() {
        Brood present = brood;
        return present == null ? List.of() : present.inOrder();
    }

    boolean hasChildren() {
        return brood != null;
    }

    Life life() {
        return life;
    }

    /** For the one who revives the port: begins another life, and returns the former. */
    Life nextLife() {
        Life former = life;
        life = new Life(former.number + 1);
        return former;
    }

    void life(Life former) {
        life = former;
    }

    void forgetChildren() {
        brood = null;
    }

    /** How a supervisor treats it. */
    void raised(ChildSpec.Shutdown way, boolean keepsMailbox) {
        shutdown = way;
        keeps = keepsMailbox;
    }

    boolean keeps() {
        return keeps;
    }

    void keeps(boolean mailbox) {
        keeps = mailbox;
    }

    void endChildrenTogether() {
        endsChildrenTogether = true;
    }

    long restarts() {
        return restarts;
    }

    void restarts(long times) {
        restarts = times;
    }

    Thread runner() {
        return runner;
    }

    void runner(Thread running) {
        runner = running;
    }

    /** Unless another thread has begun to run in the port meanwhile. */
    void runsNoMore(Thread ran) {
        boolean unused = RUNNER.compareAndSet(this, ran, null);
    }

    // ---- the end of children ---------------------------------------------------------------------------------------

    /** Ends the children of this life, each dead before the one before it is told, unless they may end together. */
    void endChildren() {
        Brood present = brood;
        if (present == null) {
            return;
        }
        Life ending = life;
        Reason why = Death.withParent(cell);
        cell.kernel().dispatcher().beforeWaiting();
        List<Place> backwards = present.close();
        if (endsChildrenTogether && !ending.isHurried()) {
            backwards.forEach(child -> child.tell(why));
        }
        for (Place child : backwards) {
            child.end(why, ending);
        }
    }

    private void tell(Reason why) {
        keeps = false;
        if (!(shutdown instanceof ChildSpec.Shutdown.BrutalKill)) {
            cell.shutdown(why);
        }
    }

    private void end(Reason why, Life parents) {
        keeps = false;
        try {
            if (parents.isHurried()) {
                cell.endNow(why);
            } else {
                cell.endWithin(shutdown, why);
            }
        } catch (InterruptedException hurried) {
            LOG.debug("the end of {} is not waited for any longer", cell.id());
            cell.endNow(why);
        }
        cell.letGo();
    }

    /** How long a child may take, in nanoseconds; a negative time is for ever. */
    static long patience(ChildSpec.Shutdown way) {
        return switch (way) {
            case ChildSpec.Shutdown.Grace grace -> nanos(grace.time());
            case ChildSpec.Shutdown.BrutalKill brutal -> 0;
            case ChildSpec.Shutdown.Unlimited unlimited -> -1;
        };
    }

    private static long nanos(Duration time) {
        try {
            return time.toNanos();
        } catch (ArithmeticException tooLong) {
            return -1;
        }
    }
}
