package io.messageport.runtime.kernel;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.Reason;
import io.messageport.spi.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A mailbox between two lives ({@code ID-5}) against those who send, who begin the next life, and who give it up. */
final class HeldStress {
    private static final Stepped DISPATCHER = new Stepped();
    private static final Node NODE = DISPATCHER.node();

    private HeldStress() {}

    /** A port whose mailbox is kept, and the messages that its next life has handled. */
    abstract static class Kept {
        final Port port = NODE.port().ignoreUnmatched();
        final PortCell cell = Stepped.cell(port);
        private final List<Integer> handled = new ArrayList<>();

        Kept() {
            cell.keepsMailbox(true);
        }

        final void send(int number) {
            cell.deliver(new Object[] {"n", number});
        }

        /** Ends the first life, here and now. */
        final void die() {
            cell.kill(Reason.normal());
            DISPATCHER.settle(cell);
        }

        /** Begins the next life; false when the mailbox has been given up. */
        final boolean revive() {
            try {
                if (!cell.revives()) {
                    return false;
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            cell.port(Access.ports().create(cell));
            cell.on("n", m -> handled.add(m.intValue(0)));
            cell.startLife();
            return true;
        }

        /** The numbers handled, as the digits of one. */
        final int handledInTheEnd() {
            DISPATCHER.settle(cell);
            int digits = 0;
            for (int number : handled) {
                digits = 10 * digits + number;
            }
            cell.keepsMailbox(false);
            NODE.kill(port.id());
            DISPATCHER.settle(cell);
            return digits;
        }
    }

    /** A sender sends while the port dies of a kill in its mailbox: all of it is for the next life, in order. */
    @JCStressTest
    @Outcome(id = {"123", "23", "3"}, expect = Expect.ACCEPTABLE, desc = "what the first life did not take, in order")
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "the first life took all of it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, twice, or out of order")
    @State
    public static class SendAgainstDeath extends Kept {
        /** With a kill in the mailbox. */
        public SendAgainstDeath() {
            cell.kill(Reason.normal());
        }

        @Actor
        public void owner() {
            boolean unused = DISPATCHER.step(cell);
        }

        @Actor
        public void sender() {
            send(1);
            send(2);
            send(3);
        }

        @Arbiter
        public void end(I_Result result) {
            DISPATCHER.settle(cell);
            boolean unused = revive();
            result.r1 = handledInTheEnd();
        }
    }

    /** A sender sends while the next life begins. */
    @JCStressTest
    @Outcome(id = "123", expect = Expect.ACCEPTABLE, desc = "all handled, in order")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, twice, or out of order")
    @State
    public static class SendAgainstRevival extends Kept {
        /** Between two lives, with a message. */
        public SendAgainstRevival() {
            die();
            send(1);
        }

        @Actor
        public void supervisor() {
            boolean unused = revive();
            boolean unusedStep = DISPATCHER.step(cell);
        }

        @Actor
        public void sender() {
            send(2);
            send(3);
        }

        @Arbiter
        public void end(I_Result result) {
            result.r1 = handledInTheEnd();
        }
    }

    /** A sender sends while the mailbox is given up: somebody learns that it is lost. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "dropped, and told")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost in silence")
    @State
    public static class SendAgainstGivingUp extends Kept {
        private final CompletableFuture<Object> fate = new CompletableFuture<>();

        /** Between two lives. */
        public SendAgainstGivingUp() {
            die();
        }

        @Actor
        public void supervisor() {
            cell.letGo();
        }

        @Actor
        public void sender() {
            cell.deliver(new Signal.Task(() -> 1, fate, 0));
        }

        @Arbiter
        public void end(I_Result result) {
            DISPATCHER.settle(cell);
            result.r1 = !fate.isDone() ? 0 : fate.getNow(null) == null ? 2 : 1;
        }
    }

    /** One begins the next life while another gives the mailbox up, as of a mailbox that has run full. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "it lives, and has what was kept")
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "it has been given up")
    @Outcome(expect = Expect.FORBIDDEN, desc = "half of each")
    @State
    public static class RevivalAgainstGivingUp extends Kept {
        private boolean lives;

        /** Between two lives, with a message. */
        public RevivalAgainstGivingUp() {
            die();
            send(1);
        }

        @Actor
        public void supervisor() {
            lives = revive();
        }

        @Actor
        public void other() {
            cell.letGo();
        }

        @Arbiter
        public void end(II_Result result) {
            result.r1 = lives && cell.isAlive() ? 1 : !lives && cell.isGone() ? 0 : 2;
            result.r2 = handledInTheEnd();
        }
    }
}
