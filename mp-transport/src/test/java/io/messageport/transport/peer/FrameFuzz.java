package io.messageport.transport.peer;

import io.messageport.transport.wire.Frame;
import io.messageport.transport.wire.FrameReader;
import io.messageport.transport.wire.Limits;
import io.messageport.transport.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Damaged frames over properly authenticated connections ({@code T-2}). A connection is used until a frame on it is
 * refused; the fuzzer's own reader tells which one that will be, so every frame counted has been read by the target, and
 * what the target says is compared: refused when and only when predicted, every valid message received.
 */
final class FrameFuzz {
    private static final int WORKERS = 4;
    private static final int LIMIT = 64 << 20;

    private final FuzzTarget target;
    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong expected = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    FrameFuzz(FuzzTarget target) {
        this.target = target;
    }

    /** Sends that many; returns a line of figures. */
    String run(long count, long seed) throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        for (int w = 0; w < WORKERS; w++) {
            int worker = w;
            workers.add(Thread.ofPlatform().start(() -> work(worker, count, new Random(seed + worker))));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        if (failure.get() != null) {
            throw new AssertionError("seed " + seed, failure.get());
        }
        if (target.received.get() != expected.get()) {
            throw new AssertionError(
                    "seed " + seed + ": " + expected + " valid messages, " + target.received + " received");
        }
        return "frames=" + frames + " connections=" + connections + " valid_messages=" + expected;
    }

    private void work(int worker, long count, Random random) {
        FrameMutator mutator = new FrameMutator(random);
        try {
            for (int i = 0; frames.get() < count && failure.get() == null; i++) {
                // Names on both sides of the target's, so that it decides about half of them.
                String id = (i % 2 == 0 ? "a" : "z") + worker + '.' + i;
                try (RawPeer peer =
                        RawPeer.connectPlain(target.address(), id, random.nextLong(), random.nextLong(), random)) {
                    if (!peer.isAccepted()) {
                        throw new AssertionError("refused at the handshake: " + peer.end);
                    }
                    connections.incrementAndGet();
                    connection(peer, mutator);
                    // Without this, hundreds of thousands of sockets would wait in TIME_WAIT and use up all ports.
                    peer.reset();
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            failure.updateAndGet(old -> old == null ? e : old);
        }
    }

    /** Until the target ends it. */
    private void connection(RawPeer peer, FrameMutator mutator) throws IOException {
        FrameReader reader = new FrameReader(Math.max(LIMIT, Limits.FRAME));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        long messages = 0;
        while (true) {
            int from = all.size();
            Prediction prediction = new Prediction();
            for (int i = 0; i < 20 && !prediction.ends; i++) {
                byte[] frame = mutator.next();
                all.write(frame, 0, frame.length);
                frames.incrementAndGet();
                prediction = predict(reader, all.toByteArray());
            }
            expected.addAndGet(prediction.messages - messages);
            messages = prediction.messages;
            boolean pending = !prediction.ends && prediction.left > 0;
            peer.write(Arrays.copyOfRange(all.toByteArray(), from, all.size()));
            if (pending) {
                peer.channel.shutdownOutput();
            }
            if (pending || prediction.ends) {
                peer.drain();
                return;
            }
        }
    }

    /** What the target will make of all bytes of a connection. */
    private static final class Prediction {
        long messages;
        boolean ends;
        int left;
    }

    private static Prediction predict(FrameReader reader, byte[] bytes) {
        Prediction prediction = new Prediction();
        Arrivals arrivals = new Arrivals(LIMIT);
        int from = 0;
        try {
            while (from < bytes.length && !prediction.ends) {
                int size = reader.sizeAt(bytes, from, bytes.length);
                if (size == 0 || size > bytes.length - from) {
                    break;
                }
                Frame frame = reader.read(bytes, from, size);
                from += size;
                switch (frame) {
                    case Frame.Data data -> prediction.messages++;
                    case Frame.Part part -> prediction.messages += arrivals.add(part, reader) == null ? 0 : 1;
                    case Frame.Goodbye goodbye -> prediction.ends = true;
                    case Frame.Resume resume -> prediction.ends = true;
                    // The target sends it no message.
                    case Frame.Ack ack -> prediction.ends = ack.received() > 0;
                    case Frame.Heartbeat heartbeat -> {}
                }
            }
        } catch (WireException e) {
            prediction.ends = true;
        }
        prediction.left = bytes.length - from;
        return prediction;
    }
}
