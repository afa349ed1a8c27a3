package io.messageport.benchmarks.remote;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** What both ends of a raw socket have: blocking channels without Nagle's algorithm, served by one thread of a kind. */
final class RawSocket {
    private RawSocket() {}

    /** What one thread does. */
    @FunctionalInterface
    interface Work<T> {
        T call() throws IOException;
    }

    /** Runs the work on a fresh thread of the kind. */
    static <T> CompletableFuture<T> start(Party party, Work<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.Builder builder = party == Party.RAW_VIRTUAL ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
        Thread unused = builder.name(party.label()).start(() -> {
            try {
                result.complete(work.call());
            } catch (IOException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    static <T> T await(CompletableFuture<T> result) throws Exception {
        try {
            return result.get(Confirmation.PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the raw socket failed: " + e.getCause(), e);
        }
    }

    static ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    static String address(ServerSocketChannel server) throws IOException {
        return Integer.toString(((InetSocketAddress) server.getLocalAddress()).getPort());
    }

    static SocketChannel accept(ServerSocketChannel server) throws IOException {
        return prompt(server.accept());
    }

    static SocketChannel connect(String address) throws IOException {
        return prompt(SocketChannel.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(address))));
    }

    private static SocketChannel prompt(SocketChannel channel) throws IOException {
        return channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /** Fills the buffer up to its limit, and flips it; false at the end of the stream. */
    static boolean fill(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                if (buffer.position() > 0) {
                    throw new EOFException("the stream ends within a message");
                }
                return false;
            }
        }
        ByteBuffer unused = buffer.flip();
        return true;
    }

    static void drain(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            int unused = channel.write(buffer);
        }
    }
}
