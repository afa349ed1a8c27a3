package io.messageport.runtime.network;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The addresses that others are told ({@code CFG-4}). Pure. */
final class Advertised {
    private Advertised() {}

    /**
     * What a node publishes: the configured addresses, where there are any, else those it is bound to. A configured one
     * without a port, or with {@code *} or 0, has the port that is bound first; an IPv6 host is in brackets.
     *
     * @throws IllegalArgumentException for a configured one that names no host
     */
    static List<String> of(List<String> configured, List<String> bound) {
        if (configured.isEmpty()) {
            return bound;
        }
        String port = bound.isEmpty() ? "" : bound.getFirst().substring(bound.getFirst().lastIndexOf(':') + 1);
        Set<String> all = new LinkedHashSet<>();
        for (String address : configured) {
            int colon = address.lastIndexOf(':');
            boolean bare = colon < address.lastIndexOf(']') || colon < 0;
            String host = bare ? address : address.substring(0, colon);
            String given = bare ? "" : address.substring(colon + 1);
            boolean open = given.isEmpty() || given.equals("*") || given.equals("0");
            if (host.isEmpty() || host.equals("*") || host.indexOf(':') >= 0 && !host.startsWith("[")) {
                throw new IllegalArgumentException("cannot advertise \"" + address
                        + "\": write host:port as others can dial it, an IPv6 host in brackets");
            }
            all.add(host + ':' + (open ? port : given));
        }
        return List.copyOf(all);
    }
}
