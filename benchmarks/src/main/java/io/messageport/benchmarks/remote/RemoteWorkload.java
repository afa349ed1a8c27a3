package io.messageport.benchmarks.remote;

import io.messageport.ThreadKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is compared over the network: each workload by name, with its ends, its peers and its targets. */
enum RemoteWorkload {
    /** Small messages of one sender. */
    ONE_WAY("one-way", 1_000_000),
    /** Small messages of eight senders. */
    EIGHT_TO_EIGHT("eight-to-eight", 1_000_000),
    /** One small message there and back. */
    ROUND_TRIP("round-trip", 10_000),
    /** The same with virtual threads everywhere, also where we read by default on others. */
    ROUND_TRIP_VIRTUAL("round-trip-virtual", 10_000),
    /** Messages of a MiB. */
    BLOBS("blobs", 400),
    /** Monitors, set. */
    MONITOR("monitor", 100_000),
    /** Monitors, fired. */
    FIRE("fire", 100_000),
    /** Connections on which nothing happens; judged by what they cost, not by their time. */
    IDLE_PEERS("idle-peers", 1_000);

    private static final int EIGHT = 8;

    private final String label;
    private final int count;

    RemoteWorkload(String label, int count) {
        this.label = label;
        this.count = count;
    }

    /**
     * Whom we are compared with.
     *
     * @param label its name in the line
     * @param party who it is
     * @param count operations of a round
     * @param target how many times faster than it we must be; not a number when there is no target
     */
    record Rival(String label, Party party, int count, double target) {
        private static final double NO_TARGET = Double.NaN;

        static Rival of(Party party, int count, double target) {
            return new Rival(party.label(), party, count, target);
        }

        boolean hasTarget() {
            return !Double.isNaN(target);
        }
    }

    String label() {
        return label;
    }

    /** Operations of a round of ours; all messages of it fit into one mailbox. */
    int count() {
        return count;
    }

    /** Who we are compared with in this mode of ours. */
    List<Rival> rivals(Party mode) {
        boolean plain = mode == Party.PLAIN;
        return switch (this) {
            case ONE_WAY, EIGHT_TO_EIGHT -> List.of(Rival.of(Party.PEKKO, 300_000, plain ? 8 : 5));
            case ROUND_TRIP -> List.of(Rival.of(Party.RAW_PLATFORM, count, Rival.NO_TARGET),
                    Rival.of(Party.PEKKO, 3_000, 3));
            // "At most 1.4 times" is a ratio too. Handlers run on virtual threads, so only here all are of one kind.
            case ROUND_TRIP_VIRTUAL -> List.of(Rival.of(Party.RAW_VIRTUAL, count, 1 / 1.4));
            case BLOBS -> List.of(Rival.of(Party.RAW_VIRTUAL, count, plain ? 0.6 : Rival.NO_TARGET),
                    Rival.of(Party.RAW_PLATFORM, count, Rival.NO_TARGET));
            // Linear: one of a hundred thousand costs no more than twice what one of a quarter of them costs.
            case MONITOR, FIRE -> List.of(new Rival("quarter", mode, count / 4, 0.5));
            case IDLE_PEERS -> List.of();
        };
    }

    ReceivingEnd receiving(Party party) {
        return switch (this) {
            case ONE_WAY, EIGHT_TO_EIGHT -> party.isOurs()
                    ? new OurOneWay.Receiving(party, lanes())
                    : new PekkoOneWay.Receiving(lanes());
            case ROUND_TRIP, ROUND_TRIP_VIRTUAL -> switch (party) {
                case PLAIN, TLS -> new OurRoundTrip.Receiving(party, readers());
                case PEKKO -> new PekkoRoundTrip.Receiving();
                case RAW_VIRTUAL, RAW_PLATFORM -> new RawRoundTrip.Receiving(party);
            };
            case BLOBS -> party.isOurs() ? new OurBlobs.Receiving(party) : new RawBlobs.Receiving(party);
            case MONITOR, FIRE -> new OurMonitors.Receiving(party);
            case IDLE_PEERS -> new OurIdlePeers.Receiving(party);
        };
    }

    SendingEnd sending(Party party) {
        return switch (this) {
            case ONE_WAY, EIGHT_TO_EIGHT -> party.isOurs()
                    ? new OurOneWay.Sending(party, lanes())
                    : new PekkoOneWay.Sending(lanes());
            case ROUND_TRIP, ROUND_TRIP_VIRTUAL -> switch (party) {
                case PLAIN, TLS -> new OurRoundTrip.Sending(party, readers());
                case PEKKO -> new PekkoRoundTrip.Sending();
                case RAW_VIRTUAL, RAW_PLATFORM -> new RawRoundTrip.Sending(party);
            };
            case BLOBS -> party.isOurs() ? new OurBlobs.Sending(party) : new RawBlobs.Sending(party);
            case MONITOR -> new OurMonitors.Sending(party, OurMonitors.Half.SET);
            case FIRE -> new OurMonitors.Sending(party, OurMonitors.Half.FIRE);
            case IDLE_PEERS -> new OurIdlePeers.Sending(party);
        };
    }

    private ThreadKind readers() {
        return this == ROUND_TRIP_VIRTUAL ? ThreadKind.VIRTUAL : ThreadKind.PLATFORM;
    }

    private int lanes() {
        return this == EIGHT_TO_EIGHT ? EIGHT : 1;
    }

    static Optional<RemoteWorkload> labelled(String label) {
        return Arrays.stream(values()).filter(workload -> workload.label.equals(label)).findFirst();
    }

    static String labels() {
        return Arrays.stream(values()).map(RemoteWorkload::label).collect(Collectors.joining(","));
    }
}
