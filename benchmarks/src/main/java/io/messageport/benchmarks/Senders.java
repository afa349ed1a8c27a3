package io.messageport.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Platform threads outside of all ports and actors, kept between the runs, that send numbers at the same time. */
final class Senders implements AutoCloseable {
    private final int count;
    private final ExecutorService threads;

    Senders(int count) {
        this.count = count;
        this.threads = Executors.newFixedThreadPool(count);
    }

    /** Sends each number below the limit once, every thread its share of them; returns when all are sent. */
    void sendBelow(int limit, IntConsumer send) throws Exception {
        List<Future<?>> sending = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) limit * i / count);
            int to = (int) ((long) limit * (i + 1) / count);
            sending.add(threads.submit(() -> {
                for (int number = from; number < to; number++) {
                    send.accept(number);
                }
            }));
        }
        for (Future<?> one : sending) {
            Object unused = one.get();
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
