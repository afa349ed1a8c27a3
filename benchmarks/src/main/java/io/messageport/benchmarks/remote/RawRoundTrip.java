package io.messageport.benchmarks.remote;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/**
 * A thread writes as many bytes as our frame of a small message has, and another sends them back, one at a time; the
 * operation is a round trip. The least that any protocol over a blocking socket can cost.
 */
final class RawRoundTrip {
    private static final int BYTES = 40;

    private RawRoundTrip() {}

    /** The thread that answers. */
    static final class Receiving implements ReceivingEnd {
        private final Party party;
        private ServerSocketChannel server;

        Receiving(Party party) {
            this.party = party;
        }

        @Override
        public String open() throws IOException {
            server = RawSocket.listen();
            CompletableFuture<Void> unused = RawSocket.start(party, this::answer);
            return RawSocket.address(server);
        }

        private Void answer() throws IOException {
            try (SocketChannel channel = RawSocket.accept(server)) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
                while (RawSocket.fill(channel, buffer)) {
                    RawSocket.drain(channel, buffer);
                    buffer.clear();
                }
            }
            return null;
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    /** The thread that asks. */
    static final class Sending implements SendingEnd {
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
        private final Party party;
        private SocketChannel channel;

        Sending(Party party) {
            this.party = party;
        }

        @Override
        public void open(String address) throws IOException {
            channel = RawSocket.connect(address);
        }

        @Override
        public long run(int count) throws Exception {
            return RawSocket.await(RawSocket.start(party, () -> ask(count)));
        }

        private long ask(int count) throws IOException {
            long begin = System.nanoTime();
            for (int number = 0; number < count; number++) {
                buffer.clear().putInt(0, number);
                RawSocket.drain(channel, buffer);
                buffer.clear();
                if (!RawSocket.fill(channel, buffer) || buffer.getInt(0) != number) {
                    throw new IllegalStateException("round trip " + number + " has no or another answer");
                }
            }
            return System.nanoTime() - begin;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
