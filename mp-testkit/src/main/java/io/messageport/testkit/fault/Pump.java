package io.messageport.testkit.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One direction of a connection through a proxy: one thread reads and asks the {@link FaultLine} what becomes of each
 * chunk, another writes the chunks when they are due. Reads no further than {@link #AHEAD}, so that a sender feels a
 * direction that is slow or silent as it would feel it through the network: its buffers fill.
 */
final class Pump {
    private static final int CHUNK = 1 << 14;

    /** A slow line reads less at a time, so that a throttle gives a trickle rather than bursts. */
    private static final int CHUNKS_PER_SECOND = 20;

    /** Bytes that are read and not written yet. */
    private static final int AHEAD = 1 << 18;

    private final FaultProxy proxy;
    private final ProxiedConnection connection;
    private final FaultLine line;
    private final FaultLine wayBack;
    private final SocketChannel in;
    private final SocketChannel out;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** All guarded by the lock. */
    private final Deque<Chunk> waiting = new ArrayDeque<>();

    private int ahead;
    private boolean failed;

    /** What is to be written, and what comes after it. */
    private record Chunk(ByteBuffer bytes, long due, After after) {}

    private enum After {
        MORE,
        END,
        RESET,
        FAILED
    }

    Pump(FaultProxy proxy, ProxiedConnection connection, FaultLine line, FaultLine wayBack, SocketChannel in,
            SocketChannel out) {
        this.proxy = proxy;
        this.connection = connection;
        this.line = line;
        this.wayBack = wayBack;
        this.in = in;
        this.out = out;
    }

    void start(String name) {
        proxy.start(name + " read", this::read);
        proxy.start(name + " write", this::write);
    }

    /** The connection is over: nobody waits any more. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // ---- the reading thread ----------------------------------------------------------------------------------------

    private void read() {
        After last = After.FAILED;
        try {
            while (awaitRoom() && awaitOpen(line)) {
                ByteBuffer buffer = ByteBuffer.allocate(chunk());
                int count = in.read(buffer);
                if (count < 0) {
                    last = After.END;
                    return;
                }
                if (count > 0 && !suffers(buffer.flip())) {
                    return;
                }
            }
        } catch (IOException e) {
            // What was read before still arrives, in its time; then the other end learns of this.
        } finally {
            put(new Chunk(ByteBuffer.allocate(0), System.nanoTime(), last));
        }
    }

    private int chunk() {
        for (Fault.Effect effect : line.fault().effects()) {
            if (effect instanceof Fault.Effect.Throttle throttle) {
                return Math.clamp(throttle.bytesPerSecond() / CHUNKS_PER_SECOND, 1, CHUNK);
            }
        }
        return CHUNK;
    }

    /** False when nothing is to be read after this chunk. */
    private boolean suffers(ByteBuffer chunk) {
        // It may have come while the line went silent.
        if (!awaitOpen(line)) {
            return false;
        }
        long now = System.nanoTime();
        FaultLine.Plan plan = line.plan(now, chunk.remaining());
        if (plan.flippedBit() >= 0) {
            int at = plan.flippedBit() / 8;
            chunk.put(at, (byte) (chunk.get(at) ^ 1 << plan.flippedBit() % 8));
        }
        chunk.limit(Math.min(chunk.limit(), plan.allowed()));
        put(new Chunk(chunk, now + plan.delayNanos(), plan.cut() ? After.RESET : After.MORE));
        return !plan.cut();
    }

    private void put(Chunk chunk) {
        lock.lock();
        try {
            waiting.add(chunk);
            ahead += chunk.bytes().remaining();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitRoom() {
        lock.lock();
        try {
            while (!failed && !connection.isOver() && ahead >= AHEAD) {
                changed.awaitUninterruptibly();
            }
            return !failed && !connection.isOver();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something passes; false when the connection is over. */
    private boolean awaitOpen(FaultLine way) {
        if (!way.isSilent()) {
            return !connection.isOver();
        }
        way.held();
        return proxy.await(() -> !way.isSilent() || connection.isOver()) && !connection.isOver();
    }

    // ---- the writing thread ----------------------------------------------------------------------------------------

    private void write() {
        try {
            while (true) {
                Chunk chunk = next();
                if (!awaitOpen(line)) {
                    return;
                }
                while (chunk.bytes().hasRemaining()) {
                    written(out.write(chunk.bytes()));
                }
                switch (chunk.after()) {
                    case MORE -> {
                        // Goes on.
                    }
                    case END -> {
                        out.shutdownOutput();
                        connection.directionEnded();
                        return;
                    }
                    case RESET -> {
                        if (connection.reset()) {
                            line.cutDone();
                        }
                        return;
                    }
                    case FAILED -> {
                        var unused = connection.reset();
                        return;
                    }
                }
            }
        } catch (IOException e) {
            receiverIsGone();
        } finally {
            stopReading();
        }
    }

    /** The sender learns it when the way back is open; until then it sends into the void. */
    private void receiverIsGone() {
        ProxiedConnection.abort(out);
        if (awaitOpen(wayBack)) {
            var unused = connection.reset();
        }
    }

    private Chunk next() {
        lock.lock();
        try {
            while (waiting.isEmpty()) {
                changed.awaitUninterruptibly();
            }
            Chunk chunk = waiting.remove();
            for (long left = left(chunk); left > 0 && !connection.isOver(); left = left(chunk)) {
                try {
                    var unused = changed.awaitNanos(left);
                } catch (InterruptedException e) {
                    // Nobody who knows this thread interrupts it; then the chunk goes early.
                    return chunk;
                }
            }
            return chunk;
        } finally {
            lock.unlock();
        }
    }

    private static long left(Chunk chunk) {
        return chunk.due() - System.nanoTime();
    }

    private void written(int bytes) {
        lock.lock();
        try {
            ahead -= bytes;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void stopReading() {
        lock.lock();
        try {
            failed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
