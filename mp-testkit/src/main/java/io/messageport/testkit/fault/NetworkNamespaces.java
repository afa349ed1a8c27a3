package io.messageport.testkit.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * A network of the kernel's own for processes of a test: each node has a Linux network namespace with an address, and all
 * are joined by a bridge, which can be taken apart. Nothing of it is seen by the rest of the machine.
 *
 * <p>What a partition parts is silent, as when packets are lost: no end is told, and connections go on when it is healed
 * in time. Needs Linux, root and the command {@code ip}.
 *
 * <p>For one thread. {@link #close} removes everything, and so does the end of this JVM; what a JVM that was killed has
 * left is called {@code mp-PID-…} in {@code ip netns list}, and may be deleted.
 */
public final class NetworkNamespaces implements AutoCloseable {
    private static final AtomicInteger MADE = new AtomicInteger();
    private static final int MOST_NODES = 200;
    private static final long COMMAND_SECONDS = 20;

    /** An address of the link layer that no card here has. */
    private static final String NOBODY = "02:00:00:00:00:00";

    private final String prefix = "mp-" + ProcessHandle.current().pid() + '-' + MADE.incrementAndGet() + '-';

    /** The namespace that has the bridges, and nothing else. */
    private final String hub = prefix + "hub";

    /** Where each node is: the number in its address, and in the name of its port at the hub. */
    private final Map<String, Integer> nodes = new LinkedHashMap<>();

    private final List<String> bridges = new ArrayList<>();

    /** Which node does not reach which address. */
    private final List<List<String>> muted = new ArrayList<>();

    private int holes;
    private final Thread atExit = Thread.ofPlatform().unstarted(this::remove);

    private NetworkNamespaces() {
        ip("netns", "add", hub);
        Runtime.getRuntime().addShutdownHook(atExit);
        bridge("br0");
    }

    /** Why there can be no namespaces here; empty when there can. */
    public static Optional<String> unavailable() {
        String probe = "mp-" + ProcessHandle.current().pid() + "-probe" + MADE.incrementAndGet();
        try {
            ip("netns", "add", probe);
            ip("netns", "delete", probe);
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of("network namespaces need Linux, root and the command ip: " + e.getMessage());
        }
    }

    /** An empty network; where that cannot be, the test that asks for it is skipped and says why. */
    public static NetworkNamespaces orSkip() {
        Optional<String> why = unavailable();
        Assumptions.assumeTrue(why.isEmpty(), () -> why.orElseThrow());
        return new NetworkNamespaces();
    }

    /**
     * Adds a place for a node.
     *
     * @param name short, of letters and digits
     * @return its address, for binds and seeds: an IPv4 host without a port
     */
    public String add(String name) {
        if (nodes.size() >= MOST_NODES || nodes.containsKey(name)) {
            throw new IllegalArgumentException("no place for " + name + " among " + nodes.keySet());
        }
        int number = nodes.size() + 1;
        nodes.put(name, number);
        ip("netns", "add", namespace(name));
        ip("link", "add", port(name), "netns", hub, "type", "veth", "peer", "name", "eth0", "netns", namespace(name));
        in(hub, "link", "set", port(name), "master", "br0");
        in(hub, "link", "set", port(name), "up");
        in(namespace(name), "address", "add", address(number) + "/24", "dev", "eth0");
        in(namespace(name), "link", "set", "eth0", "up");
        in(namespace(name), "link", "set", "lo", "up");
        return address(number);
    }

    private static String address(int number) {
        return "198.18.0." + number;
    }

    private String namespace(String name) {
        return prefix + name;
    }

    private String port(String name) {
        return "port" + nodes.get(name);
    }

    /** The command that runs another one in the place of this node, by becoming it. */
    public List<String> command(String name) {
        int unused = number(name);
        return List.of("ip", "netns", "exec", namespace(name));
    }

    /** Between nodes of different groups nothing passes any more. Nodes in no group stay together. */
    public void partition(List<? extends Collection<String>> groups) {
        for (int i = 0; i < groups.size(); i++) {
            bridge("br" + (i + 1));
            for (String name : groups.get(i)) {
                in(hub, "link", "set", port(name), "master", "br" + (i + 1));
            }
        }
    }

    /** Nothing passes any more between this node and any other. */
    public void isolate(String name) {
        partition(List.of(List.of(name)));
    }

    /**
     * What this node sends to that one is lost; what comes from there arrives. Connections stay, and neither end is told.
     */
    public void mute(String from, String to) {
        strays(from, address(number(to)));
        muted.add(List.of(from, address(number(to))));
    }

    /**
     * One more address in the network, which swallows whatever this node sends there without a word: a connection to it
     * neither comes about nor is refused.
     *
     * @return an IPv4 host without a port
     */
    public String blackHole(String from) {
        String address = address(MOST_NODES + ++holes);
        strays(from, address);
        return address;
    }

    /** Has the packets from this node to this address go to a machine that is not there. */
    private void strays(String from, String address) {
        int unused = number(from);
        in(namespace(from), "neighbour", "replace", address, "lladdr", NOBODY, "dev", "eth0", "nud", "permanent");
    }

    private int number(String name) {
        Integer number = nodes.get(name);
        if (number == null) {
            throw new IllegalArgumentException("no place is called " + name + ", only " + nodes.keySet());
        }
        return number;
    }

    /** Everything passes again. */
    public void heal() {
        for (List<String> way : muted) {
            in(namespace(way.get(0)), "neighbour", "delete", way.get(1), "dev", "eth0");
        }
        muted.clear();
        for (String name : nodes.keySet()) {
            in(hub, "link", "set", port(name), "master", "br0");
        }
    }

    private void bridge(String bridge) {
        if (!bridges.contains(bridge)) {
            in(hub, "link", "add", bridge, "type", "bridge", "forward_delay", "0");
            in(hub, "link", "set", bridge, "up");
            bridges.add(bridge);
        }
    }

    /** Removes all of it, also from under processes that still run there. Idempotent. */
    @Override
    public void close() {
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The hook is running, or about to.
        }
        remove();
    }

    /** Links go with the namespaces they are in. */
    private void remove() {
        List<String> all = new ArrayList<>(nodes.keySet());
        all.add("hub");
        for (String name : all) {
            try {
                ip("netns", "delete", namespace(name));
            } catch (IllegalStateException e) {
                // Removed before.
            }
        }
    }

    private static void in(String namespace, String... command) {
        List<String> all = new ArrayList<>(List.of("-n", namespace));
        all.addAll(List.of(command));
        ip(all.toArray(String[]::new));
    }

    private static void ip(String... command) {
        List<String> all = new ArrayList<>(List.of("ip"));
        all.addAll(List.of(command));
        String said;
        try {
            Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
            process.getOutputStream().close();
            said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return;
            }
            process.destroyForcibly();
        } catch (IOException e) {
            throw new IllegalStateException(String.join(" ", all) + " could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + String.join(" ", all), e);
        }
        throw new IllegalStateException(String.join(" ", all) + " failed: " + said);
    }
}
