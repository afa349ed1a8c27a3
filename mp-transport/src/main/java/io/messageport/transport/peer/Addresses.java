package io.messageport.transport.peer;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The text form of addresses, {@code host:port}, and what they stand for on this machine ({@code CFG-4}). */
final class Addresses {
    private static final long RESOLVE_SECONDS = 10;

    private Addresses() {}

    /**
     * An address as written.
     *
     * @param host name or number; {@code *} is every address of this machine
     * @param port 0 for an ephemeral one
     */
    record Address(String host, int port) {}

    /** What names stand for; an extension of the configuration may take the place of the machine's resolver. */
    @FunctionalInterface
    interface Names {
        /** All addresses of a host; may block. */
        InetAddress[] lookUp(String host) throws IOException;
    }

    /**
     * Reads {@code host}, {@code host:port}, {@code [v6]:port} or digits alone, which are a port of this host; a port that
     * is missing, {@code *} or 0 is an ephemeral one.
     *
     * @throws IOException when it is none of these; the text says what is wrong
     */
    static Address parse(String text) throws IOException {
        String host;
        String port;
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0 || end + 1 < text.length() && text.charAt(end + 1) != ':') {
                throw new IOException("illegal address \"" + text + "\": write [IPv6 address]:port");
            }
            host = text.substring(1, end);
            port = end + 2 <= text.length() ? text.substring(end + 2) : "";
        } else if (text.indexOf(':') != text.lastIndexOf(':')) {
            throw new IOException("illegal address \"" + text + "\": put an IPv6 address in brackets, [address]:port");
        } else if (text.indexOf(':') >= 0) {
            host = text.substring(0, text.indexOf(':'));
            port = text.substring(text.indexOf(':') + 1);
        } else if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            host = "*";
            port = text;
        } else {
            host = text;
            port = "";
        }
        return new Address(host.isEmpty() ? "*" : host, port(text, port));
    }

    private static int port(String text, String port) throws IOException {
        if (port.isEmpty() || port.equals("*")) {
            return 0;
        }
        try {
            int number = Integer.parseInt(port);
            if (number >= 0 && number < 0x1_0000) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IOException("illegal address \"" + text + "\": the port must be a number from 0 to 65535 or *");
    }

    /** The socket addresses to bind for these texts; duplicates removed, order kept. */
    static List<InetSocketAddress> toBind(List<String> texts) throws IOException {
        Set<InetSocketAddress> all = new LinkedHashSet<>();
        for (String text : texts) {
            Address address = parse(text);
            List<InetAddress> hosts =
                    address.host().equals("*") ? ofThisMachine() : lookUp(address.host(), InetAddress::getAllByName);
            for (InetAddress host : hosts) {
                all.add(new InetSocketAddress(host, address.port()));
            }
        }
        return List.copyOf(all);
    }

    /** The socket addresses to dial for a text; its name is looked up each time. */
    static List<InetSocketAddress> toDial(String text) throws IOException {
        return toDial(text, InetAddress::getAllByName);
    }

    /** As the other, with names from elsewhere. */
    static List<InetSocketAddress> toDial(String text, Names names) throws IOException {
        Address address = parse(text);
        if (address.host().equals("*") || address.port() == 0) {
            throw new IOException("cannot connect to \"" + text + "\": write host:port");
        }
        return lookUp(address.host(), names).stream()
                .map(host -> new InetSocketAddress(host, address.port()))
                .toList();
    }

    /** What others can dial to reach a bound address. */
    static List<String> toPublish(InetSocketAddress bound) throws SocketException {
        if (!bound.getAddress().isAnyLocalAddress()) {
            return List.of(text(bound));
        }
        return ofThisMachine().stream()
                .map(host -> text(new InetSocketAddress(host, bound.getPort())))
                .toList();
    }

    /** {@code host:port}, an IPv6 host in brackets. */
    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        int scope = host.indexOf('%');
        String plain = scope < 0 ? host : host.substring(0, scope);
        return (address.getAddress() instanceof Inet6Address ? '[' + plain + ']' : plain) + ':' + address.getPort();
    }

    /** Every non-loopback IPv4 address, then global and site-local IPv6; loopback where there is none of them. */
    static List<InetAddress> ofThisMachine() throws SocketException {
        List<InetAddress> four = new ArrayList<>();
        List<InetAddress> six = new ArrayList<>();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            if (!network.isUp()) {
                continue;
            }
            for (InetAddress address : network.inetAddresses().toList()) {
                if (address.isLoopbackAddress() || address.isLinkLocalAddress()) {
                    continue;
                }
                (address instanceof Inet4Address ? four : six).add(address);
            }
        }
        four.addAll(six);
        return four.isEmpty() ? List.of(InetAddress.getLoopbackAddress()) : four;
    }

    /** Asks the resolver on a platform thread, since it blocks the carrier it runs on. */
    private static List<InetAddress> lookUp(String host, Names names) throws IOException {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("messageport resolver").start(() -> {
            try {
                answer.complete(List.of(names.lookUp(host)));
            } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(RESOLVE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("unknown host \"" + host + '"', e);
        } catch (TimeoutException e) {
            throw new IOException("no answer about host \"" + host + "\" within " + RESOLVE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while looking up \"" + host + '"', e);
        }
    }
}
