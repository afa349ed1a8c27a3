package io.messageport;

import io.messageport.discovery.SeedSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The settings by which a node finds its network, and is found. A part of {@link NodeConfig.Builder}, apart only for its
 * length.
 */
abstract sealed class Joining permits NodeConfig.Builder {
    final List<String> binds = new ArrayList<>();
    final List<String> advertised = new ArrayList<>();
    final List<String> seeds = new ArrayList<>();
    final List<SeedSource> seedSources = new ArrayList<>();
    boolean global;
    Duration idleLimit = Duration.ofMinutes(10);

    abstract NodeConfig.Builder builder();

    /** Adds addresses to {@link NodeConfig#binds}; without any the node listens nowhere, but can dial. */
    public NodeConfig.Builder bind(String... addresses) {
        binds.addAll(List.of(addresses));
        return builder();
    }

    /**
     * Adds addresses to {@link NodeConfig#advertised}, under which others reach this node where those it binds mean
     * nothing to them: behind a NAT, in a container. {@code host:port}; a missing port is the one that is bound first.
     */
    public NodeConfig.Builder advertise(String... addresses) {
        advertised.addAll(List.of(addresses));
        return builder();
    }

    /** Adds addresses to {@link NodeConfig#seeds}. */
    public NodeConfig.Builder seed(String... addresses) {
        seeds.addAll(List.of(addresses));
        return builder();
    }

    /** Adds a source of further seeds to {@link NodeConfig#seedSources}. */
    public NodeConfig.Builder seeds(SeedSource source) {
        seedSources.add(Objects.requireNonNull(source, "a source of seeds"));
        return builder();
    }

    /** Sets {@link NodeConfig#global}; default false, and a node that is a seed of another is global all the same. */
    public NodeConfig.Builder global(boolean isGlobal) {
        global = isGlobal;
        return builder();
    }

    /** Sets {@link NodeConfig#idleLimit}; default 10 minutes, zero for never. */
    public NodeConfig.Builder idleLimit(Duration time) {
        idleLimit = Objects.requireNonNull(time, "idleLimit");
        return builder();
    }
}
