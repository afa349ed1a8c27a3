package io.messageport.transport.peer;

import io.messageport.Guard;
import io.messageport.spi.Clock;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when the walk says so. */
final class WalkClock implements Clock {
    private final PriorityQueue<Deadline> deadlines =
            new PriorityQueue<>(Comparator.comparingLong(Deadline::at).thenComparingLong(Deadline::number));
    private long now;
    private long numbers;

    private record Deadline(long at, long number, Runnable task) {}

    /** Lets time pass, and runs what is due in it. */
    void passes(long nanos) {
        long until = now + nanos;
        while (!deadlines.isEmpty() && deadlines.peek().at() <= until) {
            Deadline next = deadlines.poll();
            now = next.at();
            next.task().run();
        }
        now = until;
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Guard schedule(long delayNanos, Runnable task) {
        Deadline deadline = new Deadline(now + delayNanos, numbers++, task);
        deadlines.add(deadline);
        return () -> deadlines.remove(deadline);
    }

    @Override
    public void close() {
        deadlines.clear();
    }
}
