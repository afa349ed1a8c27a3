package io.messageport.runtime;

import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.runtime.db.NodeDatabase;
import io.messageport.runtime.kernel.Callbacks;
import io.messageport.runtime.kernel.Census;
import io.messageport.runtime.kernel.DeadLetters;
import io.messageport.runtime.kernel.Dispatcher;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.kernel.NextSlotDispatcher;
import io.messageport.runtime.kernel.PortOpener;
import io.messageport.runtime.kernel.PortTable;
import io.messageport.runtime.kernel.Router;
import io.messageport.runtime.kernel.UnknownValues;
import io.messageport.runtime.link.Transport;
import io.messageport.runtime.link.TransportProvider;
import io.messageport.runtime.network.Network;
import io.messageport.runtime.network.RoleListener;
import io.messageport.runtime.observe.Observation;
import io.messageport.runtime.spawn.SpawnResolver;
import io.messageport.runtime.timer.SystemClock;
import io.messageport.spi.Clock;
import io.messageport.spi.NodeProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.random.RandomGenerator;

/** Puts a node together in the order of {@code CFG-2}: node ID, bind, publish the addresses, seed. */
public final class NodeStarter implements NodeProvider {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** For {@code ServiceLoader}. */
    public NodeStarter() {}

    @Override
    public Node start(NodeConfig config) {
        RandomGenerator random = config.extension(RandomGenerator.class).orElse(RANDOM);
        NodeId self = NodeNames.expand(config.nodeId(), random);
        long incarnation = random.nextLong();
        LocalNode node = new LocalNode(config);
        Clock clock = config.extension(Clock.class).orElseGet(() -> new SystemClock(self.value()));
        PortTable table = new PortTable(incarnation);
        Dispatcher dispatcher =
                config.extension(Dispatcher.class)
                        .orElseGet(() -> new NextSlotDispatcher(self.value(), clock::nanos));
        Callbacks callbacks = new Callbacks(dispatcher);
        Observation observation = Observation.of(self, clock, callbacks::run);
        DeadLetters deadLetters = new DeadLetters(table, config.faces(), observation);
        PortOpener[] opener = new PortOpener[1];
        Network network = new Network((asking, port, init, args) -> opener[0].spawned(asking, port, init, args));
        Kernel kernel =
                new Kernel(self, config, table, new Router(self, table, config.faces(), deadLetters, network),
                        dispatcher, clock,
                        callbacks, deadLetters, observation, new UnknownValues(), node);
        opener[0] = new PortOpener(kernel, new SpawnResolver(config, clock));
        boolean alone = config.seeds().isEmpty() && config.seedSources().isEmpty();
        NodeDatabase database = new NodeDatabase(kernel, network.peers(), incarnation, alone);
        network.listener(config.extension(RoleListener.class).orElseGet(database::roles));
        NodeClosing closing = new NodeClosing(kernel, network, database);
        node.assemble(new LocalNode.Parts(kernel, opener[0], network, database, closing, new Census(kernel)));
        try {
            Transport transport = transport(config, self, incarnation, clock, network);
            network.join(kernel, transport);
            List<String> addresses = transport == null ? List.of() : transport.listen(config.binds());
            node.listening(addresses);
            network.start(addresses);
            return node;
        } catch (IOException e) {
            throw closed(closing, new UncheckedIOException("node " + self + " cannot listen: " + e.getMessage(), e));
        } catch (RuntimeException e) {
            throw closed(closing, e);
        } catch (Error e) {
            throw closed(closing, e);
        }
    }

    /** Nothing of a node that did not start stays behind. */
    private static <T extends Throwable> T closed(NodeClosing closing, T failure) {
        try {
            closing.close();
        } catch (RuntimeException | Error e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    private static Transport transport(
            NodeConfig config, NodeId self, long incarnation, Clock clock, Network network) {
        boolean wanted =
                !config.binds().isEmpty() || !config.seeds().isEmpty() || !config.seedSources().isEmpty();
        Optional<TransportProvider> given = config.extension(TransportProvider.class);
        if (!wanted && config.secret().isEmpty() && given.isEmpty()) {
            return null;
        }
        Optional<TransportProvider> provider = given.isPresent()
                ? given
                : ServiceLoader.load(TransportProvider.class).findFirst();
        if (provider.isEmpty() && wanted) {
            throw new IllegalStateException(
                    "node " + self + " has binds or seeds, but no transport is on the class path:"
                            + " depend on io.messageport:mp-transport");
        }
        return provider.map(p -> p.open(self, incarnation, config, clock, network)).orElse(null);
    }
}
