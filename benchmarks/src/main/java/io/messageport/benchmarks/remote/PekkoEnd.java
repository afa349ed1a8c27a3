package io.messageport.benchmarks.remote;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.LoggerFactory;

/**
 * What both of Pekko's ends have: a typed actor system that other systems reach over Artery TCP on a free port of
 * loopback. Behaviours are the functional ones, as in the local comparison.
 *
 * <p>Settings that differ from Pekko's own, each in its favour: names of actors and types are compressed after a second
 * instead of a minute, so that all that is measured is compressed; and small messages go through a {@link
 * TradeSerializer}, which writes into Artery's own buffers, as its documentation advises for throughput, in place of
 * Jackson's CBOR, which is what a user gets with less work ({@code -Dbenchmark.pekko.trade=jackson-cbor}).
 */
final class PekkoEnd {
    private final ActorSystem<Void> system;

    private PekkoEnd(ActorSystem<Void> system) {
        this.system = system;
    }

    /** Spawns the actors of an end, in the guardian. */
    @FunctionalInterface
    interface Spawning {
        void spawn(ActorContext<Void> context);
    }

    static PekkoEnd start(Spawning spawning) throws Exception {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Behavior<Void> guardian = Behaviors.setup(context -> {
            spawning.spawn(context);
            ready.complete(null);
            return Behaviors.empty();
        });
        PekkoEnd end = new PekkoEnd(ActorSystem.create(guardian, "benchmark", config()));
        Void unused = ready.get(Confirmation.PATIENCE_SECONDS, TimeUnit.SECONDS);
        return end;
    }

    private static Config config() {
        // Many threads of a starting system log at once, and slf4j warns when it was not there before them.
        var unused = LoggerFactory.getILoggerFactory();
        return ConfigFactory.systemProperties().withFallback(ConfigFactory.parseString("""
                pekko.loglevel = WARNING
                pekko.log-dead-letters-during-shutdown = off
                pekko.actor.provider = remote
                pekko.actor.warn-about-java-serializer-usage = on
                pekko.remote.warn-about-direct-use = off
                pekko.remote.use-unsafe-remote-features-outside-cluster = on
                pekko.remote.artery {
                  transport = tcp
                  canonical { hostname = "127.0.0.1", port = 0 }
                  advanced.compression.actor-refs.advertisement-interval = 1 second
                  advanced.compression.manifests.advertisement-interval = 1 second
                }
                pekko.actor.serializers.trade = "io.messageport.benchmarks.remote.TradeSerializer"
                """))
                .withFallback(ConfigFactory.parseString("""
                        benchmark.pekko.trade = trade
                        pekko.actor.serialization-bindings {
                          "io.messageport.benchmarks.remote.PekkoMessage" = jackson-cbor
                          "io.messageport.benchmarks.remote.PekkoMessage$Trade" = ${benchmark.pekko.trade}
                          "io.messageport.benchmarks.remote.PekkoMessage$Answer" = ${benchmark.pekko.trade}
                        }
                        """))
                .withFallback(ConfigFactory.load())
                .resolve();
    }

    /** The address of the system, for {@link #resolve}. */
    String address() {
        return system.address().toString();
    }

    /** An actor of another system. */
    static <T> ActorRef<T> resolve(ActorContext<?> context, String address, String name) {
        return ActorRefResolver.get(context.getSystem()).resolveActorRef(address + "/user/" + name);
    }

    /** Waits until the system has ended. */
    void close() throws Exception {
        system.terminate();
        Object unused = system.getWhenTerminated()
                .toCompletableFuture()
                .get(Confirmation.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
