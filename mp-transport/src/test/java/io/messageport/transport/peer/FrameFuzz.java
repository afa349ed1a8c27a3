package io.messageport.transport.peer;

import io.messageport.transport.wire.Frame;
import io.messageport.transport.wire.FrameReader;
import io.messageport.transport.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
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
    private static final int LIMIT = 16 << 20;

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
        FrameReader reader = new FrameReader(LIMIT);
        while (true) {
            ByteArrayOutputStream batch = new ByteArrayOutputStream();
            Prediction prediction = new Prediction(0, false);
            for (int i = 0; i < 20 && !prediction.ends; i++) {
                byte[] frame = mutator.next();
                batch.write(frame, 0, frame.length);
                frames.incrementAndGet();
                prediction = predict(reader, batch.toByteArray());
            }
            expected.addAndGet(prediction.messages);
            boolean pending = !prediction.ends && prediction.left > 0;
            peer.write(batch.toByteArray());
            if (pending) {
                peer.channel.shutdownOutput();
            }
            if (pending || prediction.ends) {
                peer.drain();
                return;
            }
        }
    }

    /** What the target will make of these bytes. */
    private static final class Prediction {
        long messages;
        boolean ends;
        int left;

        Prediction(long messages, boolean ends) {
            this.messages = messages;
            this.ends = ends;
        }
    }

    private static Prediction predict(FrameReader reader, byte[] bytes) {
        Prediction prediction = new Prediction(0, false);
        int from = 0;
        try {
            while (from < bytes.length) {
                int size = reader.sizeAt(bytes, from, bytes.length);
                if (size == 0 || size > bytes.length - from) {
                    break;
                }
                Frame frame = reader.read(bytes, from, size);
                from += size;
                if (frame instanceof Frame.Data) {
                    prediction.messages++;
                }
                if (frame instanceof Frame.Goodbye) {
                    prediction.ends = true;
                    break;
                }
            }
        } catch (WireException e) {
            prediction.ends = true;
        }
        prediction.left = bytes.length - from;
        return prediction;
    }
}
