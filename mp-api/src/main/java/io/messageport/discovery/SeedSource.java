package io.messageport.discovery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Says which addresses a node stays connected to ({@code SEED-1}); asked again and again, so that seeds may come and go.
 * One lambda makes a source of one's own: {@code c.seeds(() -> catalogue.addressesOf("chat"))}.
 */
@FunctionalInterface
public interface SeedSource {
    /**
     * The addresses of all seeds at this moment, {@code host:port}. One that is not among them any more is dialed no
     * longer; a connection to it stays. The node's own address may be among them.
     *
     * <p>Runs on a thread of its own that may block, never two calls at a time, and is interrupted when the node closes.
     *
     * @return empty when there are none at this moment; the node asks again soon
     * @throws Exception when it cannot be said; the text is logged, what was said before holds on
     */
    List<String> seeds() throws Exception;

    /** How long what was said holds; then the source is asked again. Longer than nothing. */
    default Duration refresh() {
        return Duration.ofSeconds(30);
    }

    /**
     * All addresses that a name stands for, A and AAAA records, each a seed: the one name of a service with several
     * instances ("headless service").
     *
     * @param port 1 to 65535, the same at all of them
     * @throws IllegalArgumentException for a port out of its range
     */
    static SeedSource dns(String name, int port) {
        return new DnsSeeds(name, port);
    }

    /**
     * The lines of a file, one address each; blank ones, and what follows a {@code #}, do not count. The file is looked at
     * every five seconds, and read again when it has changed. Where it does not exist, there are no seeds yet.
     */
    static SeedSource file(Path file) {
        return new SeedFile(file);
    }
}
