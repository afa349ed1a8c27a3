package io.messageport.benchmarks.remote;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/**
 * A thread writes a MiB at a time from one direct buffer, another reads it into one; the operation is a MiB. Each begins
 * with its number, and a negative one asks for confirmation.
 */
final class RawBlobs {
    private static final int NUMBER = Long.BYTES;
    private static final int REPLY = 2 * Long.BYTES;

    private RawBlobs() {}

    /** The thread that reads. */
    static final class Receiving implements ReceivingEnd {
        private final Party party;
        private final Sequence sequence = new Sequence(0);
        private ServerSocketChannel server;

        Receiving(Party party) {
            this.party = party;
        }

        @Override
        public String open() throws IOException {
            server = RawSocket.listen();
            CompletableFuture<Void> unused = RawSocket.start(party, this::read);
            return RawSocket.address(server);
        }

        private Void read() throws IOException {
            try (SocketChannel channel = RawSocket.accept(server)) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(NUMBER + Blob.BYTES);
                while (RawSocket.fill(channel, buffer.clear())) {
                    long number = buffer.getLong(0);
                    if (number < 0) {
                        buffer.clear().putLong(sequence.received()).putLong(sequence.misplaced());
                        RawSocket.drain(channel, buffer.flip());
                        sequence.clear();
                    } else {
                        sequence.add(number,
                                Blob.isWhole(buffer.get(NUMBER), buffer.get(NUMBER + Blob.BYTES - 1)));
                    }
                }
            }
            return null;
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    /** The thread that writes. */
    static final class Sending implements SendingEnd {
        private final Confirmation confirmation = new Confirmation();
        private final ByteBuffer buffer =
                ByteBuffer.allocateDirect(NUMBER + Blob.BYTES).putLong(0).put(Blob.whole());
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
            confirmation.begin(1);
            long begin = System.nanoTime();
            Void unused = RawSocket.await(RawSocket.start(party, () -> write(count)));
            long end = System.nanoTime();
            confirmation.await(count);
            return end - begin;
        }

        private Void write(int count) throws IOException {
            for (long number = 0; number < count; number++) {
                RawSocket.drain(channel, buffer.clear().putLong(0, number));
            }
            RawSocket.drain(channel, buffer.clear().putLong(0, -1));
            ByteBuffer reply = ByteBuffer.allocate(REPLY);
            if (!RawSocket.fill(channel, reply)) {
                throw new IOException("closed without a confirmation");
            }
            confirmation.confirm(reply.getLong(), reply.getLong());
            return null;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
