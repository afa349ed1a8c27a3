package io.messageport.runtime.network;

import io.messageport.discovery.SeedSource;
import io.messageport.runtime.kernel.Kernel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the sources of seeds, and tells {@link Seeds} what all of them say together. A source that fails, or knows none, is
 * asked again with the delays of a seed that is not reached; one that has answered, when its answer is too old.
 *
 * <p>Each source is asked on a thread of its own, which may block.
 */
final class SeedSources {
    private static final Logger LOG = LoggerFactory.getLogger(SeedSources.class);
    private static final int MOST_SEEDS = 1024;
    private static final Duration LONGEST_REFRESH = Duration.ofDays(36_500);
    private static final Duration USUAL_REFRESH = Duration.ofSeconds(30);

    private final Kernel kernel;
    private final Seeds seeds;
    private final List<String> configured;
    private final List<Source> sources = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** Held while the seeds are told, so that what they are told last is the latest. */
    private final ReentrantLock telling = new ReentrantLock();

    /** A source, and what it said last. */
    private static final class Source {
        private final SeedSource from;
        private final Complaint complaint;

        /** Guarded by the lock; null before the first answer. */
        private List<String> said;

        /** Guarded by the lock: the thread that asks at this moment. */
        private Thread asking;

        /** Guarded by the lock; null while all is well. */
        private RetryDelay delay;

        Source(SeedSource from, Complaint complaint) {
            this.from = from;
            this.complaint = complaint;
        }
    }

    SeedSources(Kernel kernel, Seeds seeds) {
        this.kernel = kernel;
        this.seeds = seeds;
        this.configured = kernel.config().seeds();
        for (SeedSource from : kernel.config().seedSources()) {
            sources.add(new Source(from, new Complaint(LOG, kernel.clock())));
        }
    }

    /** Whether this node has, or may learn of, seeds. */
    boolean areGiven() {
        return !configured.isEmpty() || !sources.isEmpty();
    }

    void start() {
        seeds.are(new LinkedHashSet<>(configured));
        sources.forEach(this::ask);
    }

    /** Whether some source has not answered yet. */
    boolean mayTurnUp() {
        lock.lock();
        try {
            return sources.stream().anyMatch(source -> source.said == null && source.delay == null);
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts who still asks. */
    void close() {
        lock.lock();
        try {
            sources.stream().map(source -> source.asking).filter(Objects::nonNull).forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }

    private void ask(Source source) {
        lock.lock();
        try {
            if (!kernel.verbs().isClosing()) {
                source.asking = kernel.dispatcher().thread("mp-seeds", () -> answer(source));
                source.asking.start();
            }
        } finally {
            lock.unlock();
        }
    }

    private void answer(Source source) {
        List<String> said = null;
        try {
            said = List.copyOf(source.from.seeds());
            source.complaint.settled();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | Error e) {
            source.complaint.about("no seeds from " + source.from + ", will ask again: " + e.getMessage());
        }
        long refresh = refresh(source);
        long again;
        lock.lock();
        try {
            source.asking = null;
            again = delay(source, said, refresh);
            if (said != null) {
                source.said = said;
            }
        } finally {
            lock.unlock();
        }
        if (!kernel.verbs().isClosing()) {
            tell(source.complaint);
            var unused = kernel.clock().schedule(again, () -> ask(source));
        }
    }

    private void tell(Complaint complaint) {
        telling.lock();
        try {
            Set<String> all = new LinkedHashSet<>(configured);
            lock.lock();
            try {
                sources.stream().map(source -> source.said).filter(Objects::nonNull).forEach(all::addAll);
            } finally {
                lock.unlock();
            }
            if (all.size() > MOST_SEEDS) {
                complaint.about(all.size() + " seeds are too many; the first " + MOST_SEEDS + " are used");
                all = new LinkedHashSet<>(List.copyOf(all).subList(0, MOST_SEEDS));
            }
            seeds.are(all);
        } finally {
            telling.unlock();
        }
    }

    /** In nanoseconds, however long it is; what cannot be told is the usual time. */
    private static long refresh(Source source) {
        try {
            Duration refresh = source.from.refresh();
            return refresh.compareTo(LONGEST_REFRESH) < 0 ? Math.max(1, refresh.toNanos()) : LONGEST_REFRESH.toNanos();
        } catch (RuntimeException e) {
            source.complaint
                    .about("source of seeds " + source.from + " does not say when to ask it again: " + e.getMessage());
            return USUAL_REFRESH.toNanos();
        }
    }

    /** With the lock held. */
    private long delay(Source source, List<String> said, long cap) {
        if (said != null && !said.isEmpty()) {
            source.delay = null;
            return cap;
        }
        source.delay = source.delay == null
                ? RetryDelay.first(RetryDelay.SEED, kernel.random().nextDouble(), cap)
                : source.delay.next(cap);
        return source.delay.nanos();
    }
}
