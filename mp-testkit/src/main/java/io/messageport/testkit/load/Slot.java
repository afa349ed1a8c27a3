package io.messageport.testkit.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One entry of a journal: 64 bytes, written by one thread, but for the fire of a monitor, which the thread of the callback
 * writes. Every number is stored whole, so that a process that dies between two stores leaves a state that was true.
 *
 * <pre>
 *  0 kind, 0 while it is being filled     sent            received
 *  4 stream: from            24 long A    monitored at    first number
 *  8   its life              32 long B    begun           count
 * 12   sender                40 long C    done            first at
 * 16   to, 18 receiver       48 long D    fired at        last at
 * 20 epoch                   56 long E    fires
 * </pre>
 */
final class Slot {
    static final int SIZE = 64;
    static final int SENT = 1;
    static final int RECEIVED = 2;

    private static final VarHandle INT =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final int A = 24;
    private static final int B = 32;
    private static final int C = 40;
    private static final int D = 48;
    private static final int E = 56;

    private final ByteBuffer bytes;
    private final int at;

    Slot(ByteBuffer bytes, int index) {
        this.bytes = bytes;
        at = index * SIZE;
    }

    // ---- writing ---------------------------------------------------------------------------------------------------

    void begin(int kind, Stream stream, int epoch, long a, long b, long c) {
        INT.set(bytes, at + 4, stream.from());
        INT.set(bytes, at + 8, stream.fromLife());
        INT.set(bytes, at + 12, stream.sender());
        INT.set(bytes, at + 16, stream.to() << 16 | stream.receiver());
        INT.set(bytes, at + 20, epoch);
        LONG.set(bytes, at + A, a);
        LONG.set(bytes, at + B, b);
        LONG.set(bytes, at + C, c);
        INT.setRelease(bytes, at, kind);
    }

    void monitored(long nanos) {
        LONG.setRelease(bytes, at + A, nanos);
    }

    void begun(long count) {
        LONG.setRelease(bytes, at + B, count);
    }

    void done(long count) {
        LONG.setRelease(bytes, at + C, count);
    }

    /** Counts the call; the time is that of the first. */
    void fired(long nanos) {
        if ((long) LONG.getAndAdd(bytes, at + E, 1L) == 0) {
            LONG.setRelease(bytes, at + D, nanos);
        }
    }

    boolean hasFired() {
        return (long) LONG.getAcquire(bytes, at + D) != 0;
    }

    void extended(long count, long nanos) {
        LONG.setRelease(bytes, at + D, nanos);
        LONG.setRelease(bytes, at + B, count);
    }

    // ---- reading ---------------------------------------------------------------------------------------------------

    int kind() {
        return (int) INT.getAcquire(bytes, at);
    }

    private Stream stream() {
        int target = (int) INT.get(bytes, at + 16);
        return new Stream((int) INT.get(bytes, at + 4), (int) INT.get(bytes, at + 8), (int) INT.get(bytes, at + 12),
                target >>> 16, target & 0xffff);
    }

    private int epoch() {
        return (int) INT.get(bytes, at + 20);
    }

    private long number(int offset) {
        return (long) LONG.getAcquire(bytes, at + offset);
    }

    /** {@code done} before {@code begun}, the fire first: what is read later can only be more. */
    Sent sent() {
        long fires = number(E);
        long fired = number(D);
        long done = number(C);
        return new Sent(stream(), epoch(), number(A), number(B), done, fired, fires);
    }

    Received received(int life) {
        long count = number(B);
        long first = number(C);
        return new Received(stream(), life, epoch(), number(A), count, first, Math.max(first, number(D)));
    }
}
