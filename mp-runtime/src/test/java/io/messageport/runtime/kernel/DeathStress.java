package io.messageport.runtime.kernel;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.Reason;
import io.messageport.runtime.monitor.Watch;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The end of a port against those who send to it, kill it, watch it and own it. */
final class DeathStress {
    private static final Stepped DISPATCHER = new Stepped();
    private static final Node NODE = DISPATCHER.node();

    private DeathStress() {}

    /** A port that does nothing, and what becomes of something sent to it. */
    abstract static class Mortal {
        final Port port = NODE.port().ignoreUnmatched();
        final PortCell cell = Stepped.cell(port);

        /** The last thing before a dead port's mailbox is swept: who watched it is told. */
        final Stepped.Moment dying = new Stepped.Moment();

        /** Something that tells whether it was handled: 1, dropped: 2, or lost: 0. */
        static final class Letter {
            private final CompletableFuture<Object> fate = new CompletableFuture<>();

            void sendTo(PortCell cell) {
                cell.deliver(new Signal.Task(() -> 1, fate, 0));
            }

            int fate() {
                if (!fate.isDone()) {
                    return 0;
                }
                return fate.getNow(null) == null ? 2 : 1;
            }
        }

        /** A watch that counts. */
        final class Counter extends Watch {
            private int fired;

            Counter() {
                super(port.id());
            }

            @Override
            protected void fire(Reason reason) {
                fired++;
            }

            int fired() {
                return fired;
            }
        }

        /** Puts a kill into the mailbox, and an activation on its way. */
        final void condemn() {
            boolean unused = cell.watch(new Watch(port.id()) {
                @Override
                protected void fire(Reason reason) {
                    dying.come();
                }
            });
            cell.kill(Reason.normal());
        }

        final void end() {
            DISPATCHER.settle(cell);
            NODE.kill(port.id());
            DISPATCHER.settle(cell);
        }
    }

    /** A message is sent while the port dies of a kill that stands in its mailbox. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "behind the kill: dropped, and told")
    @Outcome(expect = Expect.FORBIDDEN, desc = "handled after death, or nobody knows")
    @State
    public static class SendAgainstDeath extends Mortal {
        private final Letter letter = new Letter();

        /** With a kill in the mailbox. */
        public SendAgainstDeath() {
            condemn();
        }

        @Actor
        public void owner() {
            boolean unused = DISPATCHER.step(cell);
        }

        @Actor
        public void sender() {
            dying.await();
            letter.sendTo(cell);
        }

        @Arbiter
        public void end(I_Result result) {
            end();
            result.r1 = letter.fate();
        }
    }

    /** Two send to a port that dies, one of them after it died: one thread at a time sweeps its mailbox. */
    @JCStressTest
    @Outcome(id = "2, 2", expect = Expect.ACCEPTABLE, desc = "both dropped, and told")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one is lost in the dead mailbox")
    @State
    public static class SendersAgainstSweep extends Mortal {
        private final Letter one = new Letter();
        private final Letter other = new Letter();

        /** With a kill in the mailbox. */
        public SendersAgainstSweep() {
            // Earlier than in the other test: a sender has to have seen the port alive.
            cell.deliver(new Signal.Task(
                    () -> {
                        dying.come();
                        return null;
                    },
                    null, 0));
            cell.kill(Reason.normal());
        }

        @Actor
        public void owner() {
            boolean unused = DISPATCHER.step(cell);
            one.sendTo(cell);
        }

        @Actor
        public void other() {
            dying.await();
            other.sendTo(cell);
        }

        @Arbiter
        public void end(II_Result result) {
            end();
            result.r1 = one.fate();
            result.r2 = other.fate();
        }
    }

    /** A port with a message dies at the hands of another thread, as of overflow, while it is given a thread. */
    @JCStressTest
    @Outcome(id = {"1", "2"}, expect = Expect.ACCEPTABLE, desc = "handled, or dropped and told")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost")
    @State
    public static class DeathAgainstActivation extends Mortal {
        private final Letter letter = new Letter();

        /** With a message in the mailbox, and an activation on its way. */
        public DeathAgainstActivation() {
            letter.sendTo(cell);
        }

        @Actor
        public void owner() {
            boolean unused = DISPATCHER.step(cell);
        }

        @Actor
        public void killer() {
            cell.die(Reason.normal(), null);
        }

        @Arbiter
        public void end(I_Result result) {
            end();
            result.r1 = letter.fate();
        }
    }

    /** One sends, then kills; another one sends: {@code KIL-2}. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "both before the kill")
    @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "the other one's behind the kill")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a kill has overtaken what its sender sent before")
    @State
    public static class SendAgainstKill extends Mortal {
        private final Letter before = new Letter();
        private final Letter other = new Letter();

        @Actor
        public void killer() {
            before.sendTo(cell);
            cell.kill(Reason.normal());
        }

        @Actor
        public void sender() {
            other.sendTo(cell);
        }

        @Arbiter
        public void end(II_Result result) {
            end();
            result.r1 = before.fate();
            result.r2 = other.fate();
        }
    }

    /** Two kill it: the first reason in the mailbox stands, and who watches is told once ({@code KIL-1}). */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "one's reason, told once")
    @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "the other's reason, told once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "told twice or never, or for no reason")
    @State
    public static class KillAgainstKill extends Mortal {
        private final Counter watch = new Counter();

        /** With a watch. */
        public KillAgainstKill() {
            if (!cell.watch(watch)) {
                throw new IllegalStateException("dead at birth");
            }
        }

        @Actor
        public void one() {
            cell.kill(Reason.of("one"));
        }

        @Actor
        public void other() {
            cell.kill(Reason.of("other"));
        }

        @Arbiter
        public void end(II_Result result) {
            end();
            result.r1 = watch.fired();
            Reason death = cell.death();
            result.r2 = death.equals(Reason.of("one")) ? 1 : death.equals(Reason.of("other")) ? 2 : 0;
        }
    }

    /** A watch is set while the port dies: whoever is refused fires it ({@code MON-3}). */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "told once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "told twice or never")
    @State
    public static class WatchAgainstDeath extends Mortal {
        private final Counter watch = new Counter();
        private boolean refused;

        /** With a kill in the mailbox. */
        public WatchAgainstDeath() {
            cell.kill(Reason.normal());
        }

        @Actor
        public void owner() {
            boolean unused = DISPATCHER.step(cell);
        }

        @Actor
        public void watcher() {
            refused = !cell.watch(watch);
        }

        @Arbiter
        public void end(I_Result result) {
            end();
            result.r1 = watch.fired() + (refused ? 1 : 0);
        }
    }

    /** A port comes to own a guard while it dies: the guard ends with it in any case. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "cancelled once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "outlives its port")
    @State
    public static class OwnAgainstDeath extends Mortal {
        private final Cancels guard = new Cancels();

        /** With a kill in the mailbox. */
        public OwnAgainstDeath() {
            cell.kill(Reason.normal());
        }

        @Actor
        public void owner() {
            boolean unused = DISPATCHER.step(cell);
        }

        @Actor
        public void maker() {
            cell.owns(guard);
        }

        @Arbiter
        public void end(I_Result result) {
            end();
            result.r1 = guard.times();
        }
    }

    /** A guard that counts. */
    static final class Cancels implements io.messageport.Guard {
        private int times;

        @Override
        public boolean cancel() {
            times++;
            return true;
        }

        int times() {
            return times;
        }
    }
}
