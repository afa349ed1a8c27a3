package io.messageport.runtime.kernel;

import io.messageport.Guard;
import io.messageport.NodeId;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.runtime.monitor.Watch;
import io.messageport.runtime.monitor.Watchers;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Lists that are closed while others enter and leave them: what stands in a list, and what a port owns. */
final class WatchStress {
    private WatchStress() {}

    /** A watch that counts how often it fires, and how often it is over. */
    static final class Counter extends Watch {
        private final AtomicInteger fired = new AtomicInteger();
        private final AtomicInteger over = new AtomicInteger();

        Counter() {
            super(new PortId(NodeId.of("stress"), "watched"));
        }

        @Override
        protected void fire(Reason reason) {
            fired.incrementAndGet();
        }

        @Override
        protected void over() {
            over.incrementAndGet();
        }

        int fired() {
            return fired.get();
        }

        int overs() {
            return over.get();
        }
    }

    private static Counter in(Watchers list) {
        Counter watch = new Counter();
        if (!list.add(watch)) {
            throw new IllegalStateException("closed at birth");
        }
        return watch;
    }

    /** A guard is closed while what it guards fires ({@code MON-2}). */
    @JCStressTest
    @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "cancelled")
    @Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "fired")
    @Outcome(expect = Expect.FORBIDDEN, desc = "both, or neither")
    @State
    public static class CancelAgainstFire {
        private final Watchers list = new Watchers();
        private final Counter watch = in(list);

        @Actor
        public void canceller(III_Result result) {
            result.r1 = watch.cancel() ? 1 : 0;
        }

        @Actor
        public void killer() {
            int unused = list.fireAll(Reason.normal());
        }

        @Arbiter
        public void end(III_Result result) {
            result.r2 = watch.fired();
            result.r3 = watch.overs();
        }
    }

    /** Two close one guard. */
    @JCStressTest
    @Outcome(id = {"1, 0, 1", "0, 1, 1"}, expect = Expect.ACCEPTABLE, desc = "one of them prevented it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "both say so, or neither")
    @State
    public static class CancelAgainstCancel {
        private final Counter watch = in(new Watchers());

        @Actor
        public void one(III_Result result) {
            result.r1 = watch.cancel() ? 1 : 0;
        }

        @Actor
        public void other(III_Result result) {
            result.r2 = watch.cancel() ? 1 : 0;
        }

        @Arbiter
        public void end(III_Result result) {
            result.r3 = watch.overs();
        }
    }

    /** Neighbours in a list leave it while a third one enters: the list keeps its links. */
    @JCStressTest
    @Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "the one that stayed and the one that came fire")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the list has lost somebody, or kept one who left")
    @State
    public static class NeighboursLeave {
        private final Watchers list = new Watchers();
        private final Counter left = in(list);
        private final Counter alsoLeft = in(list);
        private final Counter stayed = in(list);
        private final Counter came = new Counter();

        @Actor
        public void one() {
            boolean unused = left.cancel();
        }

        @Actor
        public void other() {
            boolean unused = alsoLeft.cancel();
            boolean entered = list.add(came);
        }

        @Arbiter
        public void end(II_Result result) {
            int unused = list.fireAll(Reason.normal());
            result.r1 = stayed.fired() + came.fired();
            result.r2 = left.fired() + alsoLeft.fired();
        }
    }

    /** A watch enters while the list is closed: it fires with the others, or its owner is told that it is too late. */
    @JCStressTest
    @Outcome(id = {"1, 1", "0, 0"}, expect = Expect.ACCEPTABLE, desc = "entered and fired, or refused")
    @Outcome(expect = Expect.FORBIDDEN, desc = "entered for ever, or fired and refused")
    @State
    public static class EnterAgainstFire {
        private final Watchers list = new Watchers();
        private final Counter watch = new Counter();

        @Actor
        public void watcher(II_Result result) {
            result.r1 = list.add(watch) ? 1 : 0;
        }

        @Actor
        public void killer() {
            int unused = list.fireAll(Reason.normal());
        }

        @Arbiter
        public void end(II_Result result) {
            result.r2 = watch.fired();
        }
    }

    /** An empty list is closed while a watch enters it. */
    @JCStressTest
    @Outcome(id = {"1, 0", "0, 1"}, expect = Expect.ACCEPTABLE, desc = "one of them was first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "closed with somebody in it, or neither")
    @State
    public static class EnterAgainstClose {
        private final Watchers list = new Watchers();

        @Actor
        public void watcher(II_Result result) {
            result.r1 = list.add(new Counter()) ? 1 : 0;
        }

        @Actor
        public void closer(II_Result result) {
            result.r2 = list.closeIfEmpty() ? 1 : 0;
        }
    }

    /** A guard enters what a port owns, and another one leaves it, while the port's end cancels all. */
    @JCStressTest
    @Outcome(id = {"1, 0", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "cancelled, but for the one that had left")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one outlives the port, or is cancelled twice")
    @State
    public static class AttachAgainstClose {
        private final Attachments owned = new Attachments();
        private final Cancelled entering = new Cancelled();
        private final Cancelled leaving = new Cancelled();

        /** With one that is going to leave. */
        public AttachAgainstClose() {
            owned.add(leaving);
        }

        @Actor
        public void use() {
            owned.add(entering);
            owned.remove(leaving);
        }

        @Actor
        public void end() {
            owned.close();
        }

        @Arbiter
        public void look(II_Result result) {
            result.r1 = entering.times.get();
            result.r2 = leaving.times.get();
        }
    }

    private static final class Cancelled implements Guard {
        private final AtomicInteger times = new AtomicInteger();

        @Override
        public boolean cancel() {
            return times.incrementAndGet() == 1;
        }
    }

    /** Two ports want one name ({@code ID-5}). */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "one of them has it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "both, or neither")
    @State
    public static class EnterAgainstEnter {
        private final PortTable table = new PortTable(1);
        private final AtomicInteger entered = new AtomicInteger();

        @Actor
        public void one() {
            if (table.enterAtOnce(new Named())) {
                entered.incrementAndGet();
            }
        }

        @Actor
        public void other() {
            if (table.enterAtOnce(new Named())) {
                entered.incrementAndGet();
            }
        }

        @Arbiter
        public void end(I_Result result) {
            result.r1 = entered.get();
        }
    }

    private static final class Named implements Endpoint {
        private static final PortId ID = new PortId(NodeId.of("stress"), "chat");

        @Override
        public PortId id() {
            return ID;
        }

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public void deliver(Object payload) {
            throw new UnsupportedOperationException("only its name counts");
        }

        @Override
        public void kill(Reason reason) {
            throw new UnsupportedOperationException("only its name counts");
        }

        @Override
        public boolean watch(Watch watch) {
            return true;
        }
    }
}
