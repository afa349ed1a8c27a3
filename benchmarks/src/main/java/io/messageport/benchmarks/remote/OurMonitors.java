package io.messageport.benchmarks.remote;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A node monitors many ports of another, then all of them end; the operation is a monitor. What is measured is either the
 * setting, until the other node knows of all, or the firing, from the request to end them until the last callback.
 */
final class OurMonitors {
    private static final int CHUNK = 1_000;

    private OurMonitors() {}

    /** Which half is measured. */
    enum Half {
        SET, FIRE
    }

    /** The node that has the ports. */
    static final class Receiving implements ReceivingEnd {
        private final Party party;
        private OurEnd end;

        Receiving(Party party) {
            this.party = party;
        }

        @Override
        public String open() {
            end = OurEnd.receiving(party);
            List<PortId> open = new ArrayList<>();
            Port unused = end.node().port("opener", port -> {
                port.on("open", m -> open(port, open, m.intValue(0), m.port(1)));
                port.on("sync", m -> port.send(m.port(0), "synced"));
                port.on("end", m -> {
                    open.forEach(port::kill);
                    open.clear();
                });
            });
            return end.address();
        }

        /** Opens ports, and tells of them in parts that fit well below the greatest frame. */
        private void open(Port port, List<PortId> open, int count, PortId asking) {
            int told = 0;
            for (int i = 1; i <= count; i++) {
                open.add(end.node().port().ignoreUnmatched().id());
                if (i - told == CHUNK || i == count) {
                    port.send(asking, "opened", List.copyOf(open.subList(told, i)));
                    told = i;
                }
            }
        }

        @Override
        public void close() {
            end.close();
        }
    }

    /** The node that monitors them. */
    static final class Sending implements SendingEnd {
        private final Party party;
        private final Half half;
        private OurEnd end;
        private PortId opener;
        private PortId asking;

        /** The round under way; written by the measuring thread before it sends anything. */
        private volatile Opening opening;

        Sending(Party party, Half half) {
            this.party = party;
            this.half = half;
        }

        /** What is waited for before the monitors fire; the targets are the asking port's until all are there. */
        private record Opening(int count, List<PortId> targets, CompletableFuture<List<PortId>> all,
                CompletableFuture<Void> synced) {
            void add(List<?> more) {
                more.forEach(id -> targets.add((PortId) id));
                if (targets.size() == count) {
                    all.complete(targets);
                }
            }
        }

        @Override
        public void open(String address) throws Exception {
            end = OurEnd.sending(party, address);
            opener = OurEnd.named(address, "opener");
            Port port = end.node().port();
            asking = port.id();
            port.on("opened", m -> opening.add(m.list(0)));
            port.on("synced", m -> opening.synced().complete(null));
        }

        @Override
        public long run(int count) throws Exception {
            Node node = end.node();
            Opening round = new Opening(count, new ArrayList<>(count), new CompletableFuture<>(),
                    new CompletableFuture<>());
            opening = round;
            node.send(opener, "open", count, asking);
            List<PortId> targets = await(round.all());
            Confirmation confirmation = new Confirmation();
            confirmation.begin(1);
            Fired fired = new Fired(count, confirmation);
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                int index = i;
                var unused = node.monitor(targets.get(i), reason -> fired.add(index, reason));
            }
            node.send(opener, "sync", asking);
            Void unused = await(round.synced());
            long set = System.nanoTime();
            node.send(opener, "end");
            confirmation.await(count);
            return half == Half.SET ? set - begin : System.nanoTime() - set;
        }

        private static <T> T await(CompletableFuture<T> result)
                throws InterruptedException, ExecutionException, TimeoutException {
            return result.get(Confirmation.PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            end.close();
        }
    }

    /** Which monitors have fired; for the callbacks of all of them. */
    private static final class Fired {
        private final AtomicIntegerArray times;
        private final AtomicInteger total = new AtomicInteger();
        private final AtomicInteger wrong = new AtomicInteger();
        private final Confirmation confirmation;

        Fired(int count, Confirmation confirmation) {
            times = new AtomicIntegerArray(count);
            this.confirmation = confirmation;
        }

        void add(int index, Reason reason) {
            if (times.incrementAndGet(index) != 1 || !reason.isNormal()) {
                wrong.incrementAndGet();
            }
            if (total.incrementAndGet() == times.length()) {
                confirmation.confirm(times.length(), wrong.get());
            }
        }
    }
}
