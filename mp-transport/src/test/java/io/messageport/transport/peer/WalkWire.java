package io.messageport.transport.peer;

import io.messageport.transport.tls.Binding;
import io.messageport.transport.tls.ByteStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * One connection without a network: what is written at one end is on its way to the other until the walk lets it arrive,
 * in pieces of any size. It can break at any byte; then a part of what was on its way is lost, as with a socket.
 */
final class WalkWire {
    final End one;
    final End other;
    private final SplittableRandom random;

    /** One write in so many breaks the wire in its midst; 0 for none. */
    private int brittle;

    WalkWire(SplittableRandom random, int brittle) {
        this.random = random;
        this.brittle = brittle;
        one = new End();
        other = new End();
        one.far = other;
        other.far = one;
    }

    /** Both ends are dead, and know it when they have read what has arrived. */
    void cut() {
        one.loseSome();
        other.loseSome();
        one.ends = true;
        other.ends = true;
    }

    /** From here on it breaks no more by itself. */
    void calm() {
        brittle = 0;
    }

    /** One end, for the only thread there is. */
    final class End implements ByteStream {
        private End far;
        private byte[] bytes = new byte[128];
        private int from;
        private int arrived;
        private int to;
        private boolean ends;
        private boolean open = true;

        /** Whether whoever asks is a writer that is about to wait. */
        private BooleanSupplier writing = () -> false;

        /** At this end, this says whether a writer has its turn. */
        void writes(BooleanSupplier now) {
            writing = now;
        }

        /** Bytes that are on their way to this end. */
        int coming() {
            return open ? to - arrived : 0;
        }

        /** Lets so many of them arrive. */
        void arrives(int count) {
            arrived = Math.min(to, arrived + count);
        }

        /** What another end has not seen yet comes here, behind what has come: a fault. */
        void takesOver(End before) {
            ByteBuffer rest = ByteBuffer.wrap(before.bytes, before.from, before.to - before.from);
            comes(rest, rest.remaining());
        }

        private void loseSome() {
            to = arrived + random.nextInt(to - arrived + 1);
        }

        @Override
        public Binding begin() {
            return Binding.PLAIN;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            if (!open) {
                throw new ClosedChannelException();
            }
            if (from == arrived) {
                if (ends && arrived == to) {
                    return -1;
                }
                throw Waits.now();
            }
            int count = Math.min(into.remaining(), arrived - from);
            into.put(bytes, from, count);
            from += count;
            return count;
        }

        /** One end takes what arrives in as from a socket, the other as from an engine for TLS. */
        @Override
        public boolean prefersDirect() {
            return this == one;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (!open) {
                throw new ClosedChannelException();
            }
            if (ends && arrived == to) {
                throw new IOException("broken pipe");
            }
            int count = source.remaining();
            boolean breaks = brittle > 0 && random.nextInt(brittle) == 0;
            far.comes(source, breaks ? random.nextInt(count + 1) : count);
            if (breaks) {
                cut();
                throw new IOException("reset while it was written to");
            }
            return count;
        }

        /** What comes after the end of the stream, nobody sees. */
        private void comes(ByteBuffer source, int count) {
            if (!open || ends) {
                source.position(source.position() + count);
                return;
            }
            if (to + count > bytes.length) {
                byte[] next = new byte[Math.max(2 * bytes.length, to - from + count)];
                System.arraycopy(bytes, from, next, 0, to - from);
                bytes = next;
                arrived -= from;
                to -= from;
                from = 0;
            }
            source.get(bytes, to, count);
            to += count;
        }

        @Override
        public void endOutput() {
            far.ends = true;
        }

        @Override
        public boolean isOpen() {
            if (open && writing.getAsBoolean()) {
                throw Waits.now();
            }
            return open;
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                // What was not read may become a reset, which overtakes what is on its way.
                if (from < to && random.nextBoolean()) {
                    far.loseSome();
                }
                far.ends = true;
            }
        }
    }
}
