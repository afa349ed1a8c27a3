package io.messageport.runtime.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** What a {@link Mailbox} relies on: of a sender and an owner, who write and then look, one sees the other. */
final class BacklogStress {
    private static final int FULL_CHUNK = 63;
    private static final int PATIENCE = 2_000;
    private static final PortCell CELL = Stepped.cell(new Stepped().node().port());

    private BacklogStress() {}

    /** A sender appends a chunk while the owner empties the one before it, and gives the mailbox up. */
    @JCStressTest
    @Outcome(id = {"0, 1", "1, 0", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "one sees the other, or both do")
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "a message waits and nobody comes for it")
    @State
    public static class ExtendAgainstIdle {
        private final AtomicInteger hand = new AtomicInteger(1);
        private final Backlog backlog = new Backlog(CELL.kernel());

        /** With a chunk that is full. */
        public ExtendAgainstIdle() {
            for (int i = 0; i < FULL_CHUNK; i++) {
                boolean unused = backlog.offer(this);
            }
        }

        @Actor
        public void owner(II_Result result) {
            for (int i = 0; i < PATIENCE && backlog.lvProducerIndex() == 2 * FULL_CHUNK; i++) {
                Thread.onSpinWait();
            }
            int taken = 0;
            while (backlog.relaxedPoll() != null) {
                taken++;
            }
            boolean unused = hand.compareAndSet(1, 0);
            result.r1 = backlog.isEmpty() && taken == FULL_CHUNK ? 0 : 1;
        }

        @Actor
        public void sender(II_Result result) {
            boolean unused = backlog.offer(this);
            result.r2 = hand.get() == 1 ? 0 : 1;
        }
    }

    /** A sender begins to wait for room while the owner takes the only thing there is; a lost wake-up never ends. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "there is room, and the sender knows")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the sender gave up, or nothing was there")
    @State
    public static class WaitAgainstPoll {
        private final Backlog backlog = new WaitingBacklog(CELL.kernel());

        /** With room for no more. */
        public WaitAgainstPoll() {
            boolean unused = backlog.offer(this);
        }

        @Actor
        public void owner(II_Result result) {
            result.r1 = backlog.relaxedPoll() == this ? 1 : 0;
        }

        @Actor
        public void sender(II_Result result) {
            result.r2 = backlog.awaitRoom(CELL, 1) ? 1 : 0;
        }
    }
}
