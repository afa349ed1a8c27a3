package io.messageport.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.slf4j.LoggerFactory;

/**
 * The side of Pekko typed: one actor system with the default dispatcher and mailbox, and no log lines for dead letters.
 * Behaviours are the functional ones, {@code Behaviors.receiveMessage}, which cost less than a receive builder.
 *
 * @param <T> what the guardian takes
 */
abstract class PekkoSide<T> implements Side {
    private static final long PATIENCE_SECONDS = 60;

    final Round round = new Round();

    /** Written by {@link #open}. */
    private ActorSystem<T> system;

    /** The settings of a system in production. */
    static Config config() {
        // Many threads of a starting system log at once, and slf4j warns when it was not there before them.
        var unused = LoggerFactory.getILoggerFactory();
        return ConfigFactory.parseString("""
                pekko.loglevel = WARNING
                pekko.log-dead-letters = off
                pekko.log-dead-letters-during-shutdown = off
                """).withFallback(ConfigFactory.load());
    }

    /** Spawns the actors, in the guardian; what it writes to fields is seen by the runs. */
    abstract Behavior<T> guardian(ActorContext<T> context);

    final ActorSystem<T> system() {
        return system;
    }

    @Override
    @Setup
    public void open() throws Exception {
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Behavior<T> guardian = Behaviors.setup(context -> {
            Behavior<T> behavior = guardian(context);
            ready.complete(null);
            return behavior;
        });
        system = ActorSystem.create(guardian, "benchmark", config());
        Void unused = ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    @TearDown
    public void close() throws Exception {
        system.terminate();
        Object unused = system.getWhenTerminated().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
