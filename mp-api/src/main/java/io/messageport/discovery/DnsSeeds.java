package io.messageport.discovery;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The seeds that a DNS name stands for. How long an answer of a name server is kept is the JVM's business: its security
 * property {@code networkaddress.cache.ttl}, 30 s unless set.
 */
final class DnsSeeds implements SeedSource {
    private static final long PATIENCE_SECONDS = 10;

    private final String name;
    private final int port;
    private final Names names;

    DnsSeeds(String name, int port) {
        this(name, port, InetAddress::getAllByName);
    }

    /** With names from elsewhere. */
    DnsSeeds(String name, int port, Names names) {
        this.name = Objects.requireNonNull(name, "the name of the seeds");
        this.port = port;
        this.names = names;
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the port of the seeds " + name + " must be 1 to 65535, not " + port);
        }
    }

    /** What a name stands for. */
    @FunctionalInterface
    interface Names {
        /** All addresses. */
        InetAddress[] lookUp(String name) throws IOException;
    }

    @Override
    public List<String> seeds() throws IOException, InterruptedException {
        return Stream.of(addresses()).map(this::text).distinct().sorted().toList();
    }

    /** Asks on a platform thread, since the resolver blocks the carrier of a virtual one. */
    private InetAddress[] addresses() throws IOException, InterruptedException {
        CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("messageport seeds of " + name).start(() -> {
            try {
                answer.complete(names.lookUp(name));
            } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("unknown host \"" + name + '"', e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer about host \"" + name + "\" within " + PATIENCE_SECONDS + " s", e);
        }
    }

    private String text(InetAddress address) {
        String host = address.getHostAddress();
        return address instanceof Inet6Address ? '[' + host + "]:" + port : host + ':' + port;
    }

    @Override
    public String toString() {
        return "DNS name " + name;
    }
}
