package io.messageport.testkit.net;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * What travels between two nodes. Ends of links have numbers that are used once per network; {@code from} is the number
 * of the end that sends, {@code to} that of the end that is to receive.
 */
sealed interface Packet {
    /** What a packet without content takes on the wire, in bytes. */
    int OVERHEAD = 32;

    /** Bytes on the wire. */
    default int size() {
        return OVERHEAD;
    }

    /** An end that dials asks for the other one. */
    record Connect(long from, long incarnation, int messageLimit) implements Packet {}

    /** There is another end from now on. */
    record Accept(long from, long incarnation, int messageLimit, long to) implements Packet {}

    /** There is no other end, and for this reason. */
    record Refuse(long to, String why) implements Packet {}

    /** The next piece of the stream; numbers count from 0. */
    record Piece(long from, long to, long number, byte[] bytes, long checksum) implements Packet {
        static Piece of(long from, long to, long number, byte[] bytes) {
            return new Piece(from, to, number, bytes, sum(number, bytes));
        }

        boolean isSound() {
            return sum(number, bytes) == checksum;
        }

        private static long sum(long number, byte[] bytes) {
            CRC32C sum = new CRC32C();
            sum.update(bytes);
            return sum.getValue() ^ number;
        }

        @Override
        public int size() {
            return OVERHEAD + bytes.length;
        }

        /** This piece with one of its bits turned over. */
        Piece damaged(int bit) {
            byte[] copy = Arrays.copyOf(bytes, bytes.length);
            int at = bit / 8 % copy.length;
            copy[at] ^= (byte) (1 << bit % 8);
            return new Piece(from, to, number, copy, checksum);
        }
    }

    /** The end that sends is no more, or never was what the receiver takes it for. */
    record Reset(long to, String why) implements Packet {}
}
