package io.messageport.testkit.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the senders and receivers of one life of one node write down: a mapped file, which the kernel keeps when the process
 * is killed. Not for the crash of a machine.
 *
 * <p>Any thread writes; every entry has one writer. Anyone may read the file at any time, also from another process.
 *
 * <p>Runs of messages are one entry, so that a journal grows with what goes wrong and not with what goes right.
 */
public final class Journal {
    /** Entries of one file: 4 MB, of which a disk holds only what is written. */
    static final int CAPACITY = 1 << 16;

    private static final int MAGIC = 0x4d504a31;

    // The header has the size of an entry: magic, node, life as ints; spoiled and unwritten as longs.
    private static final int NODE = 4;
    private static final int LIFE = 8;
    private static final int SPOILED = 16;
    private static final int UNWRITTEN = 24;

    /** Each thread that writes may have one entry in the making; so many empty ones are the end. */
    private static final int MOST_UNFINISHED = 256;

    private final MappedByteBuffer bytes;
    private final int node;
    private final int life;
    private final int capacity;
    private final AtomicInteger used = new AtomicInteger();
    private final AtomicLong spoiled = new AtomicLong();
    private final AtomicLong unwritten = new AtomicLong();

    private Journal(MappedByteBuffer bytes, int node, int life) {
        this.bytes = bytes;
        this.node = node;
        this.life = life;
        capacity = bytes.capacity() / Slot.SIZE - 1;
    }

    /** A new one, in a file that must not exist yet. */
    public static Journal create(Path file, int node, int life) throws IOException {
        return create(file, node, life, CAPACITY);
    }

    static Journal create(Path file, int node, int life, int capacity) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        // It gets its name when it can be read.
        Path unnamed = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
                StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, (capacity + 1L) * Slot.SIZE);
            bytes.order(ByteOrder.nativeOrder());
            bytes.putInt(NODE, node).putInt(LIFE, life).putInt(0, MAGIC);
            Path unused = Files.move(unnamed, file, StandardCopyOption.ATOMIC_MOVE);
            return new Journal(bytes, node, life);
        }
    }

    /** The number of the node. */
    public int node() {
        return node;
    }

    /** Which life of the node this is. */
    public int life() {
        return life;
    }

    /** An entry for a new epoch; written to by the sender's thread and by the monitor's callback. */
    Slot epoch(Stream stream, int epoch) {
        Slot slot = next();
        slot.begin(Slot.SENT, stream, epoch, 0, 0, 0);
        return slot;
    }

    /** The runs of one receiver; for its port alone. */
    Runs runs(int receiver) {
        return new Runs(receiver);
    }

    void spoiled() {
        bytes.putLong(SPOILED, spoiled.incrementAndGet());
    }

    /** What does not fit is counted, and goes into an entry that nobody reads. */
    private Slot next() {
        int index = used.getAndIncrement();
        if (index >= capacity) {
            used.set(capacity);
            bytes.putLong(UNWRITTEN, unwritten.incrementAndGet());
            return new Slot(ByteBuffer.allocateDirect(Slot.SIZE).order(ByteOrder.nativeOrder()), 0);
        }
        return new Slot(bytes, 1 + index);
    }

    /** What one receiver gets, in the order in which it gets it. Owned by the receiver's port. */
    final class Runs {
        private final int receiver;
        private final Map<Stream, Run> last = new HashMap<>();

        private Runs(int receiver) {
            this.receiver = receiver;
        }

        /** The next message has come. */
        void add(int from, int fromLife, int sender, int epoch, long number) {
            long now = System.nanoTime();
            Stream stream = new Stream(from, fromLife, sender, node, receiver);
            Run run = last.get(stream);
            if (run != null && run.epoch == epoch && run.next == number) {
                run.next++;
                run.slot.extended(run.next - run.first, now);
                return;
            }
            Slot slot = next();
            slot.begin(Slot.RECEIVED, stream, epoch, number, 1, now);
            var unused = last.put(stream, new Run(slot, epoch, number));
        }
    }

    private static final class Run {
        final Slot slot;
        final int epoch;
        final long first;
        long next;

        Run(Slot slot, int epoch, long first) {
            this.slot = slot;
            this.epoch = epoch;
            this.first = first;
            next = first + 1;
        }
    }

    /**
     * Reads what a file has so far.
     *
     * @throws IOException when it is not a journal
     */
    public static Life read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < 2L * Slot.SIZE) {
                throw new IOException(file + " is too short for a journal");
            }
            MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            bytes.order(ByteOrder.nativeOrder());
            if (bytes.getInt(0) != MAGIC) {
                throw new IOException(file + " is not a journal");
            }
            int life = bytes.getInt(LIFE);
            List<Sent> sent = new ArrayList<>();
            List<Received> received = new ArrayList<>();
            int unfinished = 0;
            for (int i = 1; i < bytes.capacity() / Slot.SIZE && unfinished <= MOST_UNFINISHED; i++) {
                Slot slot = new Slot(bytes, i);
                switch (slot.kind()) {
                    case Slot.SENT -> sent.add(slot.sent());
                    case Slot.RECEIVED -> received.add(slot.received(life));
                    default -> unfinished++;
                }
            }
            return new Life(bytes.getInt(NODE), life, sent, received, bytes.getLong(SPOILED), bytes.getLong(UNWRITTEN));
        }
    }
}
