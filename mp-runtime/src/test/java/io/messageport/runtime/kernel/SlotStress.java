package io.messageport.runtime.kernel;

import io.messageport.spi.Current;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MessagePassingQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The slot of a worker against the watch, whose part the tests play: what is in it may be taken by both, never by
 * neither, and a filled slot stays watched.
 */
final class SlotStress {
    private static final VarHandle WATCHED;
    private static final VarHandle READY;

    /** Its own watch has ended, and does not take part; a thread of ours forgets who reports to it. */
    private static final NextSlotDispatcher DISPATCHER = new NextSlotDispatcher("stress", System::nanoTime);

    static {
        MethodHandles.Lookup here = MethodHandles.lookup();
        try {
            WATCHED = MethodHandles.privateLookupIn(Worker.class, here)
                    .findVarHandle(Worker.class, "watched", boolean.class);
            READY = MethodHandles.privateLookupIn(Worker.class, here)
                    .findVarHandle(Worker.class, "ready", Ready.class);
            VarHandle reported = MethodHandles.privateLookupIn(SlotWatch.class, here)
                    .findVarHandle(SlotWatch.class, "added", MessagePassingQueue.class);
            DISPATCHER.close();
            MessagePassingQueue<?> queue = (MessagePassingQueue<?>) reported.get(DISPATCHER.watch());
            Thread.ofPlatform().daemon().name("forget").start(() -> {
                while (true) {
                    queue.clear();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
            });
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private SlotStress() {}

    /** A turn that counts how often it is taken. */
    static final class Turn implements Activation {
        private final AtomicInteger taken = new AtomicInteger();

        @Override
        public void run(Current here) {
            throw new UnsupportedOperationException("only taking it counts");
        }

        private static void take(Activation turn) {
            if (turn instanceof Turn found) {
                found.taken.incrementAndGet();
            }
        }

        /** As the worker's thread does, with what is in the slot and what was displaced from it. */
        static void takeAll(Worker worker) {
            for (Activation turn = worker.take(); turn != null; turn = worker.take()) {
                take(turn);
            }
        }

        /** As the watch does once a tick. */
        static void takeStuck(Worker worker) {
            List<Activation> stuck = new ArrayList<>();
            worker.takeStuck(stuck);
            stuck.forEach(Turn::take);
        }

        /** 1 when somebody has it, and with that the port its thread. */
        int isTaken() {
            return taken.get() > 0 ? 1 : 0;
        }
    }

    /** One that is watched, and that a helper who never comes is helping: nobody but the actors takes anything. */
    private static Worker watchedWorker() {
        Worker worker = new Worker(DISPATCHER, null);
        WATCHED.setVolatile(worker, true);
        Ready helped = new Ready();
        boolean unused = helped.needsHelp();
        READY.setVolatile(worker, helped);
        return worker;
    }

    /** The worker takes what it has kept, while the watch takes it as stuck. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "one of them has it, or both")
    @Outcome(expect = Expect.FORBIDDEN, desc = "it is gone")
    @State
    public static class TakeAgainstWatch {
        private final Worker worker = watchedWorker();
        private final Turn turn = new Turn();

        /** With something in the slot that the watch has seen there. */
        public TakeAgainstWatch() {
            worker.keep(turn);
            Turn.takeStuck(worker);
        }

        @Actor
        public void worker() {
            Turn.takeAll(worker);
        }

        @Actor
        public void watch() {
            Turn.takeStuck(worker);
        }

        @Arbiter
        public void end(I_Result result) {
            Turn.takeAll(worker);
            result.r1 = turn.isTaken();
        }
    }

    /** The worker displaces what it has kept, while the watch takes it as stuck. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "somebody has each of them")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one is gone")
    @State
    public static class KeepAgainstWatch {
        private final Worker worker = watchedWorker();
        private final Turn first = new Turn();
        private final Turn second = new Turn();

        /** With something in the slot that the watch has seen there. */
        public KeepAgainstWatch() {
            worker.keep(first);
            Turn.takeStuck(worker);
        }

        @Actor
        public void worker() {
            worker.keep(second);
        }

        @Actor
        public void watch() {
            Turn.takeStuck(worker);
            Turn.takeStuck(worker);
        }

        @Arbiter
        public void end(II_Result result) {
            Turn.takeAll(worker);
            result.r1 = first.isTaken();
            result.r2 = second.isTaken();
        }
    }

    /** The worker takes what it kept and keeps something else, while the watch looks twice. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "somebody has each of them")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one is gone")
    @State
    public static class TurnsAgainstWatch {
        private final Worker worker = watchedWorker();
        private final Turn first = new Turn();
        private final Turn second = new Turn();

        @Actor
        public void worker() {
            worker.keep(first);
            Turn.takeAll(worker);
            worker.keep(second);
        }

        @Actor
        public void watch() {
            Turn.takeStuck(worker);
            Turn.takeStuck(worker);
        }

        @Arbiter
        public void end(II_Result result) {
            Turn.takeAll(worker);
            result.r1 = first.isTaken();
            result.r2 = second.isTaken();
        }
    }

    /** The worker fills its slot while the watch is about to forget it. */
    @JCStressTest
    @Outcome(id = {"1, 0", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "still watched, or watched again")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a filled slot that nobody looks at")
    @State
    public static class KeepAgainstRelease {
        private final Worker worker = watchedWorker();
        private boolean forgotten;

        @Actor
        public void worker() {
            worker.keep(new Turn());
        }

        @Actor
        public void watch() {
            forgotten = worker.release();
        }

        /** One tick later, when each has seen what the other did. */
        @Arbiter
        public void end(II_Result result) {
            if (!forgotten) {
                forgotten = worker.release();
            }
            boolean watched = (boolean) WATCHED.getVolatile(worker);
            result.r1 = !forgotten || watched ? 1 : 0;
            result.r2 = forgotten ? 1 : 0;
        }
    }
}
