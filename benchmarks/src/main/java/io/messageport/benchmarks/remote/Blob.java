package io.messageport.benchmarks.remote;

/** The large message: a MiB, marked at both ends. */
final class Blob {
    static final int BYTES = 1 << 20;

    private static final byte FIRST = 0x5a;
    private static final byte LAST = 0x17;

    private Blob() {}

    static byte[] whole() {
        byte[] blob = new byte[BYTES];
        blob[0] = FIRST;
        blob[BYTES - 1] = LAST;
        return blob;
    }

    /** Whether it has its length and its marks. */
    static boolean isWhole(byte[] blob) {
        return blob.length == BYTES && isWhole(blob[0], blob[BYTES - 1]);
    }

    static boolean isWhole(byte first, byte last) {
        return first == FIRST && last == LAST;
    }
}
