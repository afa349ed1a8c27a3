package io.messageport.transport.peer;

import io.messageport.NodeId;
import io.messageport.transport.handshake.Handshake;
import io.messageport.transport.handshake.HandshakeException;
import io.messageport.transport.handshake.Offered;
import io.messageport.transport.handshake.Peer;
import io.messageport.transport.handshake.Role;
import io.messageport.transport.handshake.Secret;
import io.messageport.transport.handshake.State;
import io.messageport.transport.handshake.Step;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Damaged handshakes ({@code T-1}): each follows the protocol with the right secret up to a line chosen at random, and
 * damages that one.
 */
final class HandshakeFuzz {
    private static final int WORKERS = 4;

    private final FuzzTarget target;
    private final AtomicLong handshakes = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** Over TLS when the target talks it. */
    HandshakeFuzz(FuzzTarget target) {
        this.target = target;
    }

    /** Tries that many; returns a line of figures. */
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
        return "handshakes=" + handshakes;
    }

    private void work(int worker, long count, Random random) {
        try {
            for (int i = 0; handshakes.incrementAndGet() <= count && failure.get() == null; i++) {
                try (RawPeer peer = target.tls ? RawPeer.tls(target.address()) : RawPeer.plain(target.address())) {
                    peer.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                    one(peer, (i % 2 == 0 ? "a" : "z") + worker + '.' + i, random);
                }
            }
            handshakes.decrementAndGet();
        } catch (IOException | RuntimeException | Error e) {
            failure.updateAndGet(old -> old == null ? e : old);
        }
    }

    private void one(RawPeer peer, String id, Random random) throws IOException {
        byte[] nonce = new byte[Handshake.NONCE];
        random.nextBytes(nonce);
        Handshake own = new Handshake(Role.DIALER, new Peer(NodeId.of(id), random.nextLong(), 4096), Optional.empty(),
                Secret.of(TestNode.SECRET), peer.stream.begin(), nonce);
        Inbound in = peer.in;
        int damage = random.nextInt(4);
        Step step = own.begin();
        try {
            for (State next = reply(step); next != null; next = reply(step)) {
                for (String line : lines(step, random)) {
                    write(peer, damage-- == 0 ? mutate(line + '\n', random) : (line + '\n').getBytes(
                            StandardCharsets.US_ASCII));
                }
                if (damage < 0) {
                    finish(peer, in, random);
                    return;
                }
                String line = in.line();
                if (line == null) {
                    return;
                }
                step = Handshake.step(next, line);
            }
            if (step instanceof Step.Decide) {
                write(peer, mutate("accept;0123456789abcdef\n", random));
                finish(peer, in, random);
            }
        } catch (IOException e) {
            // A refusal may arrive as a reset.
        } catch (HandshakeException e) {
            throw new AssertionError("the target said something wrong", e);
        }
    }

    /** The state that takes the target's next line; null when there is none. */
    private static State reply(Step step) {
        return switch (step) {
            case Step.Continue s -> s.next();
            case Step.Offer s -> s.next();
            case Step.Decide s -> null;
            case Step.RefusedByPeer s -> null;
            case Step.Accepted s -> throw new AssertionError("accepted a damaged handshake");
            case Step.Unknown s -> throw new AssertionError("a new link was unknown");
            case Step.Self s -> throw new AssertionError("self");
            case Step.Refused s -> throw new AssertionError("the target said something wrong: " + s.refusal());
        };
    }

    private static List<String> lines(Step step, Random random) {
        return step instanceof Step.Continue s ? s.lines() : List.of(Handshake.offer(new Offered(random.nextLong())));
    }

    /** Some wait for the target to close, after an end of the stream, since it may want the rest of a line; others go. */
    private static void finish(RawPeer peer, Inbound in, Random random) throws IOException {
        if (random.nextInt(2) == 0) {
            peer.stream.endOutput();
            while (in.fill() >= 0) {
                in.discard();
            }
        }
    }

    private static void write(RawPeer peer, byte[] bytes) throws IOException {
        peer.write(bytes);
    }

    private static byte[] mutate(String line, Random random) {
        byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(8)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> bytes[at] = (byte) ";,=\n\r\0 ".charAt(random.nextInt(7));
            case 3 -> bytes = Arrays.copyOf(bytes, at);
            case 4 -> bytes = (line.substring(0, at) + "x".repeat(random.nextInt(6000)) + line.substring(at)).getBytes(
                    StandardCharsets.US_ASCII);
            case 5 -> bytes = (line + line).getBytes(StandardCharsets.US_ASCII);
            case 6 -> random.nextBytes(bytes);
            default -> bytes = (line.substring(at) + line.substring(0, at)).getBytes(StandardCharsets.US_ASCII);
        }
        return bytes;
    }
}
