package io.messageport.testkit.sim;

import io.messageport.runtime.kernel.Dispatcher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Runs the steps of a simulation, one at a time, each chosen by the seed among those that could run now; time goes on
 * when none can.
 *
 * <p>A step runs on the thread that chose it. When it has to wait, another thread goes on choosing, and the one that
 * waits is a step itself as soon as what it waits for is there; whoever chooses it passes the baton to it and rests.
 * So steps may wait for each other in any order, and need not end in the order in which they began.
 *
 * <p>All of it belongs to the thread that holds the baton. The test's thread, the driver, holds it between two runs.
 */
final class Scheduler {
    /** In a seed that holds lanes back, one in so many is. */
    private static final int ONE_IN = 4;

    /** How often a lane that is held back is passed over for another one. */
    private static final int PASSED_OVER = 8;

    private final SplittableRandom random;
    private final boolean holdsBack;
    private final Trace trace = new Trace();
    private final List<Lane> ready = new ArrayList<>();
    private final List<Fiber> waiting = new ArrayList<>();
    private final List<Fiber> runnable = new ArrayList<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private final Deque<Fiber> resting = new ArrayDeque<>();
    private final Fiber driver = new Fiber("the test");
    private volatile Fiber holder = driver;
    private volatile long now;
    private long alarmsSet;
    private boolean over;
    private Run run;

    Scheduler(SplittableRandom random) {
        this.random = random;
        this.holdsBack = random.nextBoolean();
        driver.thread(Thread.currentThread());
    }

    long now() {
        return now;
    }

    Trace trace() {
        return trace;
    }

    /** Whether the calling thread is the one that goes on. */
    boolean isHolder() {
        return holder.isCurrent();
    }

    private Fiber current() {
        Fiber present = holder;
        if (!present.isCurrent()) {
            throw new IllegalStateException(
                    "thread " + Thread.currentThread() + " is no part of the simulation, in which "
                            + present + " is running: only the test's own thread may use its nodes, between two runs,"
                            + " and what they start themselves");
        }
        return present;
    }

    // ---- what can run ----------------------------------------------------------------------------------------------

    Lane lane(String name) {
        Fiber unused = current();
        return new Lane(name, holdsBack && random.nextInt(ONE_IN) == 0);
    }

    void add(Lane lane, Runnable step) {
        Fiber unused = current();
        if (lane.add(step)) {
            ready.add(lane);
        }
    }

    /** Sets an alarm; a delay that is not positive is due at once. */
    Alarm alarm(long delay, Lane lane, Runnable task) {
        Fiber unused = current();
        long time = delay > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + Math.max(0, delay);
        Alarm alarm = new Alarm(time, alarmsSet++, lane, task);
        alarms.add(alarm);
        return alarm;
    }

    /** A thread that takes part; it becomes a step when it is started. */
    Thread thread(String name, Runnable work) {
        Fiber unused = current();
        Fiber fiber = new Fiber(name);
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            fiber.await();
            try {
                if (!fiber.doomed) {
                    work.run();
                }
            } catch (SimulationOver expected) {
                // It was waiting when the simulation ended.
            } catch (Throwable thrown) {
                fail(thrown);
            } finally {
                passOn();
            }
        });
        fiber.thread(thread);
        fiber.over = () -> thread.getState() != Thread.State.NEW;
        waiting.add(fiber);
        return thread;
    }

    /** Something failed that must not. */
    private void fail(Throwable thrown) {
        if (run != null && run.failure == null) {
            run.failure = thrown;
        }
    }

    // ---- waiting ---------------------------------------------------------------------------------------------------

    /** The thread that holds the baton waits until it is over, the time is, or it is interrupted; negative is for ever. */
    void suspend(BooleanSupplier what, long nanos) {
        Fiber me = current();
        if (over) {
            throw new SimulationOver();
        }
        if (!what.getAsBoolean() && !me.isInterrupted() && nanos != 0) {
            rest(me, what, nanos);
        }
    }

    /** The thread that holds the baton lets others have a turn. */
    void share() {
        rest(current(), () -> true, Dispatcher.FOREVER);
    }

    private void rest(Fiber me, BooleanSupplier what, long nanos) {
        me.over = what;
        me.deadline = nanos < 0 ? null : alarm(nanos, null, null);
        waiting.add(me);
        passOn();
        me.await();
        if (me.deadline != null) {
            boolean unused = me.deadline.cancel();
            me.deadline = null;
        }
        me.over = null;
        if (me.doomed) {
            throw new SimulationOver();
        }
    }

    boolean isDriver() {
        return current() == driver;
    }

    /** Gives the baton to a thread that goes on choosing. */
    private void passOn() {
        Fiber next = resting.poll();
        if (next == null) {
            next = new Fiber("a stepper");
            Fiber fresh = next;
            Thread thread = Thread.ofVirtual().name("sim-stepper").unstarted(() -> {
                fresh.await();
                choose(fresh);
            });
            fresh.thread(thread);
            thread.start();
        }
        pass(next);
    }

    private void pass(Fiber to) {
        holder = to;
        to.resume();
    }

    // ---- driving ---------------------------------------------------------------------------------------------------

    /** By the driver: lets things happen; returns when they have come to the end that the run wants, or to another. */
    void drive(Run wanted, long patienceNanos) {
        if (!isDriver()) {
            throw new IllegalStateException("a simulation is driven by the test's own thread, not from within a step");
        }
        run = wanted;
        passOn();
        long seen = trace.steps();
        while (!driver.await(patienceNanos)) {
            if (trace.steps() == seen) {
                Fiber stuck = holder;
                throw new StuckStep(stuck.thread());
            }
            seen = trace.steps();
        }
        run = null;
    }

    /** By a stepper that has the baton: chooses steps as long as there is something to be done. */
    private void choose(Fiber me) {
        try {
            while (!over) {
                Fiber next = isRunOver() ? driver : step();
                if (next != null) {
                    rest(me, next);
                }
            }
        } finally {
            pass(driver);
        }
    }

    private void rest(Fiber me, Fiber next) {
        resting.push(me);
        pass(next);
        me.await();
    }

    private boolean isRunOver() {
        Run present = run;
        try {
            if (present.failure != null) {
                present.end = "a step failed";
            } else if (present.goal.getAsBoolean()) {
                present.end = null;
                return true;
            } else if (trace.steps() > present.mostSteps) {
                present.end = "it has taken too many steps";
            } else if (!canStep() && !goOn(present.until)) {
                present.end = alarms.isEmpty() ? "nothing will ever happen any more" : "the time is over";
            } else {
                return false;
            }
        } catch (Throwable thrown) {
            present.failure = thrown;
            present.end = "the condition failed";
        }
        return true;
    }

    private boolean canStep() {
        runnable.clear();
        for (Fiber fiber : waiting) {
            if (fiber.isRunnable(now)) {
                runnable.add(fiber);
            }
        }
        return !ready.isEmpty() || !runnable.isEmpty();
    }

    /** Lets time go on from alarm to alarm until something can run; false when nothing can up to then. */
    private boolean goOn(long until) {
        while (!alarms.isEmpty()) {
            Alarm first = alarms.peek();
            if (first.isOver()) {
                alarms.remove();
                continue;
            }
            if (first.time > until) {
                return false;
            }
            now = first.time;
            ring();
            if (canStep()) {
                return true;
            }
        }
        return false;
    }

    private void ring() {
        while (!alarms.isEmpty() && alarms.peek().time <= now) {
            Alarm due = alarms.remove();
            if (due.lane != null && !due.isOver()) {
                add(due.lane, due::run);
            }
        }
    }

    void setTime(long time) {
        now = Math.max(now, time);
    }

    /** Takes one step, or returns the thread that is to take it. */
    private Fiber step() {
        int choice = random.nextInt(ready.size() + runnable.size());
        if (choice < ready.size() && ready.get(choice).slow && random.nextInt(PASSED_OVER) != 0) {
            choice = random.nextInt(ready.size() + runnable.size());
        }
        if (choice >= ready.size()) {
            Fiber fiber = runnable.get(choice - ready.size());
            waiting.remove(fiber);
            trace.add(fiber.toString(), now);
            return fiber;
        }
        Lane lane = ready.get(choice);
        Lane last = ready.removeLast();
        if (last != lane) {
            ready.set(choice, last);
        }
        trace.add(lane.name, now);
        try {
            lane.begin().run();
        } catch (SimulationOver expected) {
            // It was waiting when the simulation ended.
        } catch (Throwable thrown) {
            fail(thrown);
        }
        boolean unused = Thread.interrupted();
        if (lane.end()) {
            ready.add(lane);
        }
        return null;
    }

    // ---- the end ---------------------------------------------------------------------------------------------------

    /** By the driver: ends all threads that wait, one after the other. */
    void end(long patienceNanos) {
        if (over) {
            return;
        }
        over = true;
        while (!waiting.isEmpty()) {
            Fiber fiber = waiting.removeFirst();
            if (fiber.thread().getState() != Thread.State.NEW) {
                fiber.doomed = true;
                finish(fiber, patienceNanos);
            }
        }
        while (!resting.isEmpty()) {
            finish(resting.poll(), patienceNanos);
        }
    }

    private void finish(Fiber fiber, long patienceNanos) {
        pass(fiber);
        if (!driver.await(patienceNanos)) {
            throw new StuckStep(holder.thread());
        }
    }
}
