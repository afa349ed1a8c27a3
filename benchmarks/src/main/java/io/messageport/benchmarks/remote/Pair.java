package io.messageport.benchmarks.remote;

import java.util.List;

/** The two processes of one side of a workload, connected. Used by one thread. */
final class Pair implements AutoCloseable {
    private final Child receiver;
    private final Child sender;

    private Pair(Child receiver, Child sender) {
        this.receiver = receiver;
        this.sender = sender;
    }

    /**
     * What one operation of a round took.
     *
     * @param nanos time
     * @param cpuNanos processor time of both processes
     * @param sentBytes allocated by the sending process
     * @param receivedBytes allocated by the receiving one
     */
    record Cost(double nanos, double cpuNanos, double sentBytes, double receivedBytes) {}

    static Pair start(RemoteWorkload workload, Party party, List<String> options)
            throws RemoteFailure, InterruptedException {
        Child receiver = Child.start("receive", workload, party, options);
        Child sender = null;
        try {
            sender = Child.start("send", workload, party, options);
            String address = receiver.ask("open");
            String unused = sender.ask("open " + address);
            return new Pair(receiver, sender);
        } catch (RemoteFailure | InterruptedException | RuntimeException e) {
            if (sender != null) {
                sender.close();
            }
            receiver.close();
            throw e;
        }
    }

    /** Runs a round; gives how long it took in nanoseconds. */
    long run(int count) throws RemoteFailure, InterruptedException {
        return Long.parseLong(sender.ask("round " + count));
    }

    /** Runs a round between two looks at the meters. */
    Cost measure(int count) throws RemoteFailure, InterruptedException {
        Meter receiverBefore = meter(receiver);
        Meter senderBefore = meter(sender);
        double nanos = run(count);
        Meter sent = meter(sender).minus(senderBefore);
        Meter received = meter(receiver).minus(receiverBefore);
        return new Cost(nanos / count, (sent.cpuNanos() + received.cpuNanos()) / (double) count,
                sent.bytes() / (double) count, received.bytes() / (double) count);
    }

    private static Meter meter(Child child) throws RemoteFailure, InterruptedException {
        return Meter.of(child.ask("meter"));
    }

    /** What the receiving process has used. */
    Meter receiverMeter() throws RemoteFailure, InterruptedException {
        return meter(receiver);
    }

    /** What the receiving process occupies. */
    Footprint receiverFootprint() throws RemoteFailure, InterruptedException {
        return Footprint.of(receiver.ask("footprint"));
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
    }
}
