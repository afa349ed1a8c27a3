package io.messageport.runtime;

import io.messageport.NodeId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.random.RandomGenerator;

/** Expands the pattern of a node ID ({@code CFG-3}). */
final class NodeNames {
    private NodeNames() {}

    /** The random parts come from {@code random}. */
    static NodeId expand(String pattern, RandomGenerator random) {
        String open = pattern.endsWith("/") ? pattern + "%u" : pattern;
        String text = open.contains("%n") ? open.replace("%n", hostName()) : open;
        while (text.contains("%u")) {
            text = text.replaceFirst("%u", random(random));
        }
        return NodeId.of(text);
    }

    private static String random(RandomGenerator random) {
        return Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX);
    }

    private static String hostName() {
        String name = System.getenv("HOSTNAME");
        if (name == null || name.isBlank()) {
            try {
                name = InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                name = "localhost";
            }
        }
        return name.replaceAll("[^A-Za-z0-9_.\\-]", "-");
    }
}
