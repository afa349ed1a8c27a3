package io.messageport.benchmarks;

import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.PortOptions;
import java.util.BitSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Candidates go down a chain of ports, each of which keeps a hundred primes, drops their multiples, hands the others on,
 * and opens the next port when it is full (sieve of Eratosthenes of the Savina suite); the operation is a candidate.
 *
 * <p>Right is: as many primes as a sieve in one array finds.
 */
public class Sieve {
    static final int CANDIDATES = 20_000;

    private static final int PRIMES_EACH = 100;

    /** How many primes are right; counted once for each limit, so that counting is no part of the figure. */
    private static final class Expected {
        private int limit;
        private int primes;

        int upTo(int wanted) {
            if (limit != wanted) {
                limit = wanted;
                primes = primesUpTo(wanted);
            }
            return primes;
        }
    }

    private static int primesUpTo(int limit) {
        BitSet composite = new BitSet(limit + 1);
        int primes = 0;
        for (int i = 2; i <= limit; i++) {
            if (!composite.get(i)) {
                primes++;
                for (long multiple = (long) i * i; multiple <= limit; multiple += i) {
                    composite.set((int) multiple);
                }
            }
        }
        return primes;
    }

    /** The primes of one port; owned by it. */
    private static final class Primes {
        private final int[] primes = new int[PRIMES_EACH];
        private int count;

        /** Whether none of the primes divides it. */
        boolean passes(int candidate) {
            for (int i = 0; i < count; i++) {
                if (candidate % primes[i] == 0) {
                    return false;
                }
            }
            return true;
        }

        /** Keeps a prime; false when there is no place for it. */
        boolean keep(int prime) {
            if (count == PRIMES_EACH) {
                return false;
            }
            primes[count] = prime;
            count++;
            return true;
        }

        int count() {
            return count;
        }
    }

    /** The next one of the chain, when there is one; owned by the one before. */
    private static final class Next<T> {
        private T ref;
    }

    /** Ports. */
    @State(Scope.Benchmark)
    public static class Ours extends OurSide {
        private final Expected expected = new Expected();
        private PortId generator;

        private PortId link() {
            // A link outlives the one before it, which stops when it has handed on the end.
            Port port = node().port(PortOptions.defaults().detach(), made -> {});
            Primes primes = new Primes();
            Next<PortId> next = new Next<>();
            port.on("candidate", m -> {
                int candidate = m.intValue(0);
                if (primes.passes(candidate) && !primes.keep(candidate)) {
                    if (next.ref == null) {
                        next.ref = link();
                    }
                    port.send(next.ref, "candidate", candidate);
                }
            });
            port.on("end", m -> {
                int found = m.intValue(0) + primes.count();
                if (next.ref == null) {
                    round.report(found);
                } else {
                    port.send(next.ref, "end", found);
                }
                port.stop();
            });
            return port.id();
        }

        @Override
        void prepare() {
            Port port = node().port();
            generator = port.id();
            port.on("generate", m -> {
                PortId first = link();
                for (int i = 2; i <= m.intValue(0); i++) {
                    port.send(first, "candidate", i);
                }
                port.send(first, "end", 0);
            });
        }

        @Override
        public void run(int candidates) throws InterruptedException {
            round.begin(1);
            node().send(generator, "generate", candidates + 1);
            round.await(expected.upTo(candidates + 1));
        }
    }

    private sealed interface ToLink {}

    private record Candidate(int number) implements ToLink {}

    private record End(int found) implements ToLink {}

    record Generate(int limit) {}

    /** Actors; the guardian generates. */
    @State(Scope.Benchmark)
    public static class Pekko extends PekkoSide<Generate> {
        private final Expected expected = new Expected();

        @Override
        Behavior<Generate> guardian(ActorContext<Generate> context) {
            Next<ActorRef<ToLink>> before = new Next<>();
            return Behaviors.receiveMessage(generate -> {
                if (before.ref != null) {
                    // A link cannot end itself: its children, the rest of the chain, would end with it.
                    context.stop(before.ref);
                }
                ActorRef<ToLink> first = context.spawnAnonymous(link());
                before.ref = first;
                for (int i = 2; i <= generate.limit(); i++) {
                    first.tell(new Candidate(i));
                }
                first.tell(new End(0));
                return Behaviors.same();
            });
        }

        private Behavior<ToLink> link() {
            Primes primes = new Primes();
            Next<ActorRef<ToLink>> next = new Next<>();
            return Behaviors.setup(context -> Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Candidate candidate -> {
                        if (primes.passes(candidate.number()) && !primes.keep(candidate.number())) {
                            if (next.ref == null) {
                                next.ref = context.spawnAnonymous(link());
                            }
                            next.ref.tell(new Candidate(candidate.number()));
                        }
                    }
                    case End end when next.ref == null -> round.report(end.found() + primes.count());
                    case End end -> next.ref.tell(new End(end.found() + primes.count()));
                }
                return Behaviors.same();
            }));
        }

        @Override
        public void run(int candidates) throws InterruptedException {
            round.begin(1);
            system().tell(new Generate(candidates + 1));
            round.await(expected.upTo(candidates + 1));
        }
    }

    /** Measures ours. */
    @Benchmark
    @OperationsPerInvocation(CANDIDATES)
    public void ours(Ours side) throws Exception {
        side.run(CANDIDATES);
    }

    /** Measures Pekko. */
    @Benchmark
    @OperationsPerInvocation(CANDIDATES)
    public void pekko(Pekko side) throws Exception {
        side.run(CANDIDATES);
    }
}
