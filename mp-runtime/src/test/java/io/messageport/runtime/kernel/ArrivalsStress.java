package io.messageport.runtime.kernel;

import io.messageport.Guard;
import io.messageport.Node;
import io.messageport.spi.Clock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Senders against the one who looks at their backlog: either it looks, or the next of them is asked. */
final class ArrivalsStress {
    private static final int NO_BOUND = Integer.MAX_VALUE / 2;

    private ArrivalsStress() {}

    /** Plays the thread that looks, which the tests let look when they like. */
    private static final class Looking implements Dispatcher {
        private Look look;

        @Override
        public void dispatch(Activation activation) {
            // nothing runs here
        }

        @Override
        public boolean looks() {
            return true;
        }

        @Override
        public void looksAt(Look wanted) {
            look = wanted;
        }
    }

    /** Time that stands: however late the second sender is, the first is no longer ago than a look. */
    private static final class Standing implements Clock {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Guard schedule(long delayNanos, Runnable task) {
            return () -> false;
        }

        @Override
        public void close() {}
    }

    private static final PortCell LOOKED_AT = Stepped.cell(Node.configure(
            c -> c.nodeId("looked/%u").extension(Dispatcher.class, new Looking())).port());

    /** Senders come while the one who looks is about to leave it to them. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE,
            desc = "in the end they are asked, and it is known of all that they came")
    @Outcome(expect = Expect.FORBIDDEN, desc = "nobody is asked, and nobody looks")
    @State
    public static class SendersAgainstLook {
        private final Looking looking = new Looking();
        private final Backlog backlog;
        private boolean isLooking = true;

        /** With a few, and three looks of which two found nothing. */
        public SendersAgainstLook() {
            Kernel shared = LOOKED_AT.kernel();
            backlog = new Backlog(new Kernel(shared.self(), shared.config(), shared.table(), shared.router(), looking,
                    new Standing(), shared.callbacks(), shared.deadLetters(), shared.observation(),
                    shared.unknownValues(), shared.verbs()));
            send();
            send();
            for (int i = 0; i < 3; i++) {
                isLooking = looking.look.again();
            }
        }

        private void send() {
            boolean unused = backlog.isBelow(NO_BOUND) && backlog.offer(this);
        }

        @Actor
        public void looker() {
            isLooking = looking.look.again();
        }

        @Actor
        public void sender() {
            send();
            send();
        }

        @Arbiter
        public void end(II_Result result) {
            Dispatcher.Look look = looking.look;
            for (int i = 0; i < 9 && isLooking; i++) {
                isLooking = look.again();
            }
            for (int i = 0; i < 9 && look.again(); i++) {
                // a sender may have asked for looks again
            }
            while (backlog.size() > 1) {
                Object unused = backlog.relaxedPoll();
            }
            result.r1 = backlog.oldestBy() != Arrival.NONE ? 1 : 0;
            result.r2 = backlog.asks() ? 1 : 0;
        }
    }
}
