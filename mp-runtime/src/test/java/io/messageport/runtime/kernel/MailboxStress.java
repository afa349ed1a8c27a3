package io.messageport.runtime.kernel;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.spi.Current;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Offers against the owner of the queue: no wake-up is lost, none comes twice, and no two threads serve one port. */
final class MailboxStress {
    private static final int MORE_THAN_A_SHARE = 299;
    private static final Stepped DISPATCHER = new Stepped();
    private static final Node NODE = DISPATCHER.node();

    private MailboxStress() {}

    /** A port that counts, without any care for threads. */
    abstract static class Counting {
        final Port port = NODE.port().on("n", m -> count());
        final PortCell cell = Stepped.cell(port);
        final Stepped.Moment handling = new Stepped.Moment();
        private boolean inside;
        private int overlaps;
        private int handled;

        private void count() {
            if (inside) {
                overlaps++;
            }
            inside = true;
            handled++;
            inside = false;
            handling.come();
        }

        final void send() {
            cell.deliver(new Object[] {"n"});
        }

        /** Serves what waits for a thread; then every message sent must have been handled. */
        final int handledInTheEnd() {
            DISPATCHER.settle(cell);
            int all = handled;
            NODE.kill(port.id());
            DISPATCHER.settle(cell);
            return all;
        }

        final int overlaps() {
            return overlaps;
        }
    }

    /** A message comes while the owner finds its queue empty and gives it up. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both messages are handled")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a wake-up is lost")
    @State
    public static class OfferAgainstIdle extends Counting {
        /** With one message in the mailbox, and an activation on its way. */
        public OfferAgainstIdle() {
            send();
        }

        @Actor
        public void owner() {
            boolean unused = DISPATCHER.step(cell);
        }

        @Actor
        public void sender() {
            handling.await();
            send();
        }

        @Arbiter
        public void end(I_Result result) {
            result.r1 = handledInTheEnd();
        }
    }

    /** Two wake an idle port. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "one activation, which handles both messages")
    @Outcome(expect = Expect.FORBIDDEN, desc = "no activation, or two")
    @State
    public static class OfferAgainstOffer extends Counting {
        @Actor
        public void one() {
            send();
        }

        @Actor
        public void other() {
            send();
        }

        @Arbiter
        public void end(II_Result result) {
            result.r1 = DISPATCHER.waiting(cell);
            result.r2 = handledInTheEnd();
        }
    }

    /** An activation is run twice, as one that was started although it had been taken from a slot. */
    @JCStressTest
    @Outcome(id = "0, 3", expect = Expect.ACCEPTABLE, desc = "one of them does the work")
    @Outcome(expect = Expect.FORBIDDEN, desc = "both work at once, or one loses what the other has")
    @State
    public static class ActivationAgainstActivation extends Counting {
        /** With two messages in the mailbox, and an activation on its way. */
        public ActivationAgainstActivation() {
            send();
            send();
        }

        @Actor
        public void one() {
            cell.run(Current.ofThread());
        }

        @Actor
        public void other() {
            cell.run(Current.ofThread());
            send();
        }

        @Arbiter
        public void end(II_Result result) {
            result.r2 = handledInTheEnd();
            result.r1 = overlaps();
        }
    }

    /** The owner lets others run, as it does after its share, while a message comes. */
    @JCStressTest
    @Outcome(id = "0, 300", expect = Expect.ACCEPTABLE, desc = "all handled, by one thread at a time")
    @Outcome(expect = Expect.FORBIDDEN, desc = "two owners, or a lost message")
    @State
    public static class ShareAgainstOffer extends Counting {
        /** With more messages than an activation handles before that. */
        public ShareAgainstOffer() {
            for (int i = 0; i < MORE_THAN_A_SHARE; i++) {
                send();
            }
        }

        @Actor
        public void owner() {
            boolean unused = DISPATCHER.step(cell);
        }

        @Actor
        public void next() {
            send();
            boolean unused = DISPATCHER.step(cell);
        }

        @Arbiter
        public void end(II_Result result) {
            result.r2 = handledInTheEnd();
            result.r1 = overlaps();
        }
    }

    /** What one sender sends keeps its order, whether the owner is just giving the mailbox up or not ({@code SND-4}). */
    @JCStressTest
    @Outcome(id = "12, 1", expect = Expect.ACCEPTABLE, desc = "in the order in which they were sent")
    @Outcome(expect = Expect.FORBIDDEN, desc = "out of order, lost, or twice")
    @State
    public static class OrderAgainstIdle {
        private static final int SENT = 12;

        private final Stepped.Moment handling = new Stepped.Moment();
        private final List<Integer> order = new ArrayList<>();
        private final Port port = NODE.port();
        private final PortCell cell = Stepped.cell(port);

        /** With one message in the mailbox, and an activation on its way. */
        public OrderAgainstIdle() {
            port.on("first", m -> handling.come());
            port.on("n", m -> order.add(m.intValue(0)));
            cell.deliver(new Object[] {"first"});
        }

        @Actor
        public void owner() {
            for (int i = 0; i < SENT; i++) {
                boolean unused = DISPATCHER.step(cell);
            }
        }

        @Actor
        public void sender() {
            handling.await();
            for (int i = 0; i < SENT; i++) {
                cell.deliver(new Object[] {"n", i});
            }
        }

        @Arbiter
        public void end(II_Result result) {
            DISPATCHER.settle(cell);
            result.r1 = order.size();
            result.r2 = order.equals(order.stream().sorted().toList()) ? 1 : 0;
            NODE.kill(port.id());
            DISPATCHER.settle(cell);
        }
    }
}
