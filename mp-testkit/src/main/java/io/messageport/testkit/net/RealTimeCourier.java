package io.messageport.testkit.net;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lanes in real time. A lane has a thread only while something waits in it. */
final class RealTimeCourier implements Courier {
    private static final Logger LOG = LoggerFactory.getLogger(RealTimeCourier.class);

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Lane lane(String name) {
        return new TimedLane(name);
    }

    /** A task and when it is due; the number tells which of two was given first. */
    private record Due(long at, long number, Runnable task) {}

    /** Everything is guarded by the lock, which is not held while a task runs. */
    private static final class TimedLane implements Lane {
        private final String name;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition sooner = lock.newCondition();
        private final PriorityQueue<Due> waiting =
                new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));

        private final long epoch = System.nanoTime();
        private long given;
        private boolean running;
        private boolean closed;

        TimedLane(String name) {
            this.name = name;
        }

        @Override
        public void run(long delayNanos, Runnable task) {
            lock.lock();
            try {
                if (closed) {
                    return;
                }
                // Times count from an epoch, so that they can be compared as they are.
                waiting.add(new Due(System.nanoTime() - epoch + delayNanos, given++, task));
                if (running) {
                    sooner.signal();
                } else {
                    running = true;
                    Thread unused = Thread.ofVirtual().name("mp-lane " + name).start(this::serve);
                }
            } finally {
                lock.unlock();
            }
        }

        private void serve() {
            for (Runnable task = next(); task != null; task = next()) {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    LOG.error("a task in the lane {} failed", name, e);
                }
            }
        }

        /** Waits for the next task; null when there is none. */
        private Runnable next() {
            lock.lock();
            try {
                while (!waiting.isEmpty()) {
                    long left = waiting.element().at() - (System.nanoTime() - epoch);
                    if (left <= 0) {
                        return waiting.remove().task();
                    }
                    try {
                        var unused = sooner.awaitNanos(left);
                    } catch (InterruptedException e) {
                        // A task left it behind; a lane ends when it is closed.
                        LOG.debug("the lane {} was interrupted", name);
                    }
                }
                running = false;
                return null;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                closed = true;
                waiting.clear();
                sooner.signal();
            } finally {
                lock.unlock();
            }
        }
    }
}
