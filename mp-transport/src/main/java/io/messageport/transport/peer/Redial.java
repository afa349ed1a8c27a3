package io.messageport.transport.peer;

import io.messageport.runtime.link.Transport.Dialed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for another socket for a link whose own broke, until it has one or is lost ({@code CON-5}). Both sides do so, each
 * with what it knows: where it had dialed, and what its node finds out meanwhile. Runs on a thread of its own.
 */
final class Redial {
    private static final Logger LOG = LoggerFactory.getLogger(Redial.class);
    private static final long FIRST_PAUSE = Duration.ofMillis(20).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(1).toNanos();

    private final Host host;
    private final Opening opening;
    private final Links links;

    Redial(Host host, Opening opening, Links links) {
        this.host = host;
        this.opening = opening;
        this.links = links;
    }

    /**
     * Dials again and again.
     *
     * @param known where the broken socket led, or empty when the peer had dialed
     */
    void run(PeerLink link, Optional<String> known) {
        long pause = FIRST_PAUSE;
        try {
            CompletableFuture<List<String>> asked =
                    host.events().addressesOf(link.peer()).toCompletableFuture().exceptionally(failure -> List.of());
            while (link.state() instanceof LinkState.Broken) {
                List<String> addresses = new ArrayList<>(asked.getNow(List.of()));
                known.filter(address -> !addresses.contains(address)).ifPresent(address -> addresses.addFirst(address));
                if (!addresses.isEmpty()) {
                    dial(link, addresses);
                }
                if (link.mending().await(pause + host.random().nextLong(pause))) {
                    return;
                }
                pause = Math.min(2 * pause, LONGEST_PAUSE);
            }
        } catch (InterruptedException e) {
            link.lose("interrupted while the connection was to go on");
        } catch (Links.ShutException e) {
            LOG.debug("{}: {}", link, e.getMessage());
        }
    }

    private void dial(PeerLink link, List<String> addresses) throws InterruptedException {
        Dialer dialer = new Dialer(host, opening, links, Optional.of(link.peer()), false);
        var unused = link.mending().present().thenRunAsync(() -> dialer.connected(link.peer()), host.threads());
        if (dialer.run(addresses) instanceof Dialed.Failed failed) {
            LOG.debug("{} cannot go on yet: {}", link, failed.why());
        }
    }
}
