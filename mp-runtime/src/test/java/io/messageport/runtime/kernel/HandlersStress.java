package io.messageport.runtime.kernel;

import io.messageport.Node;
import io.messageport.Port;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Handlers that are set from several threads, and while messages are dispatched to them ({@code RCV-2}, {@code RCV-7}). */
final class HandlersStress {
    private static final Stepped DISPATCHER = new Stepped();
    private static final Node NODE = DISPATCHER.node();

    private HandlersStress() {}

    private static void end(Port port) {
        NODE.kill(port.id());
        DISPATCHER.settle(Stepped.cell(port));
    }

    /** Two tags get their handlers at the same time. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "both are set")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one change undid the other")
    @State
    public static class SetAgainstSet {
        private final Port port = NODE.port().ignoreUnmatched();
        private int one;
        private int other;

        @Actor
        public void one() {
            port.on("one", m -> one++);
        }

        @Actor
        public void other() {
            port.on("other", m -> other++);
        }

        @Arbiter
        public void end(II_Result result) {
            PortCell cell = Stepped.cell(port);
            cell.deliver(new Object[] {"one"});
            cell.deliver(new Object[] {"other"});
            DISPATCHER.settle(cell);
            result.r1 = one;
            result.r2 = other;
            HandlersStress.end(port);
        }
    }

    /** A handler is replaced while its message is dispatched. */
    @JCStressTest
    @Outcome(id = {"1, 0", "0, 1"}, expect = Expect.ACCEPTABLE, desc = "the one before or the one after took it")
    @Outcome(expect = Expect.FORBIDDEN, desc = "both, or neither")
    @State
    public static class SwapAgainstDispatch {
        private final Port port = NODE.port();
        private final PortCell cell = Stepped.cell(port);
        private int before;
        private int after;

        /** With a message in the mailbox, and an activation on its way. */
        public SwapAgainstDispatch() {
            port.on("n", m -> before++);
            cell.deliver(new Object[] {"n"});
        }

        @Actor
        public void owner() {
            boolean unused = DISPATCHER.step(cell);
        }

        @Actor
        public void changer() {
            port.on("n", m -> after++);
        }

        @Arbiter
        public void end(II_Result result) {
            DISPATCHER.settle(cell);
            result.r1 = before;
            result.r2 = after;
            HandlersStress.end(port);
        }
    }
}
