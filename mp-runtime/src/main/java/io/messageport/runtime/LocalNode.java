package io.messageport.runtime;

import io.messageport.Action;
import io.messageport.Body;
import io.messageport.Guard;
import io.messageport.Monitor;
import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.NodeListener;
import io.messageport.NodeState;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.PortOptions;
import io.messageport.PortTree;
import io.messageport.Reason;
import io.messageport.SendOutcome;
import io.messageport.SupervisorSpec;
import io.messageport.Timer;
import io.messageport.runtime.db.NodeDatabase;
import io.messageport.runtime.kernel.Census;
import io.messageport.runtime.kernel.Endpoint;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.kernel.PortCell;
import io.messageport.runtime.kernel.PortOpener;
import io.messageport.runtime.kernel.PortWatches;
import io.messageport.runtime.monitor.Watch;
import io.messageport.runtime.monitor.Watchers;
import io.messageport.runtime.network.Network;
import io.messageport.runtime.spawn.SpawnResolver;
import io.messageport.runtime.supervise.SupervisorPort;
import io.messageport.runtime.timer.NodeTimer;
import io.messageport.spi.Nanos;
import io.messageport.spi.Supervision;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A node: the verbs of {@link Node}, each handed to the room that does it. */
final class LocalNode extends ObservableNode {
    /** Those who watch this node's own port, which never dies to them ({@code MON-5}). */
    private final Watchers ownNodePort = new Watchers();

    /** Written once by {@link NodeStarter}, before the node is published. */
    private Parts parts;

    /** Written once, when all is bound. */
    private volatile List<String> addresses = List.of();

    /** What the node is made of. */
    record Parts(
            Kernel kernel,
            PortOpener opener,
            Network network,
            NodeDatabase database,
            NodeClosing closing,
            Census census) {}

    LocalNode(NodeConfig config) {
        super(config);
    }

    void assemble(Parts made) {
        parts = made;
    }

    void listening(List<String> on) {
        addresses = on;
    }

    private void requireOpen() {
        if (isClosing()) {
            throw new IllegalStateException("node " + parts.kernel.self() + " is closed");
        }
    }

    @Override
    Kernel kernel() {
        requireOpen();
        return parts.kernel;
    }

    @Override
    NodeDatabase database() {
        requireOpen();
        return parts.database;
    }

    @Override
    Kernel anyKernel() {
        return parts.kernel;
    }

    @Override
    public Node node() {
        return this;
    }

    @Override
    public NodeId id() {
        return parts.kernel.self();
    }

    @Override
    public List<String> addresses() {
        return addresses;
    }

    // ---- opening ports ---------------------------------------------------------------------------------------------

    @Override
    public Port port() {
        return port(PortOptions.defaults());
    }

    @Override
    public Port port(String name) {
        return port(PortOptions.named(name));
    }

    @Override
    public Port port(String name, Consumer<Port> setup) {
        return port(PortOptions.named(name), setup);
    }

    @Override
    public Port port(PortOptions options, Consumer<Port> setup) {
        requireOpen();
        return parts.opener.plain(options, setup);
    }

    @Override
    public <P extends Port> P open(Supplier<P> constructor) {
        return open(PortOptions.defaults(), constructor);
    }

    @Override
    public <P extends Port> P open(String name, Supplier<P> constructor) {
        return open(PortOptions.named(name), constructor);
    }

    @Override
    public <P extends Port> P open(PortOptions options, Supplier<P> constructor) {
        requireOpen();
        return parts.opener.construct(options, constructor);
    }

    @Override
    public Port thread(Body body) {
        return thread(PortOptions.defaults(), body);
    }

    @Override
    public Port thread(PortOptions options, Body body) {
        requireOpen();
        return parts.opener.threaded(options, body);
    }

    @Override
    public PortId spawn(NodeId node, String init, Object... args) {
        SpawnResolver.requireName(init);
        Objects.requireNonNull(node, "spawn needs a node, not null");
        if (!kernel().router().isSelf(node)) {
            return parts.network.spawn(node, init, args);
        }
        String name = kernel().table().spawnName();
        parts.opener.spawned(node, name, init, args.clone());
        return new PortId(node, name);
    }

    // ---- sending and killing ---------------------------------------------------------------------------------------

    @Override
    public void send(PortId target, Object... message) {
        kernel().router().send(target, message);
    }

    @Override
    public SendOutcome trySend(PortId target, Object... message) {
        return kernel().router().trySend(target, message);
    }

    @Override
    public void kill(PortId target, Object... reason) {
        kernel().router().kill(target, Reason.of(reason));
    }

    // ---- watching --------------------------------------------------------------------------------------------------

    @Override
    public void watch(Watch watch) {
        PortId target = watch.target();
        if (!parts.kernel.router().isSelf(target.node())) {
            parts.network.watch(watch);
        } else if (target.isNodePort()) {
            boolean listed = ownNodePort.add(watch);
            assert listed : "this list never closes";
        } else {
            Endpoint endpoint = parts.kernel.table().find(target.name());
            if (endpoint == null || !endpoint.watch(watch)) {
                watch.fireUnlisted(parts.kernel.table().fateOf(target));
            }
        }
    }

    private Monitor watched(Watch watch) {
        requireOpen();
        watch(watch);
        return watch;
    }

    /** A watch for a port, which ends with it if it lives here; for a dead one there is none. */
    private Monitor watchedFor(PortId port, Function<PortCell, Watch> making) {
        requireOpen();
        boolean here = parts.kernel.router().isSelf(port.node()) && !port.isNodePort();
        Endpoint endpoint = here ? parts.kernel.table().find(port.name()) : null;
        PortCell cell = endpoint instanceof PortCell found ? found : null;
        Watch watch = making.apply(cell);
        if (here && endpoint == null || cell != null && !cell.isAlive()) {
            return watch;
        }
        if (cell != null) {
            cell.attachments().add(watch);
        }
        watch(watch);
        if (cell != null && !cell.isAlive()) {
            // It may have let go of its attachments before this one stood in the list it is cancelled from.
            watch.close();
        }
        return watch;
    }

    @Override
    public Monitor monitor(PortId target, Consumer<Reason> then) {
        Objects.requireNonNull(then, "monitor needs a callback, not null");
        return watched(new PortWatches.Plain(target, then, parts.kernel.callbacks()));
    }

    @Override
    public Monitor monitor(PortId target, PortId watcher, Object... message) {
        Objects.requireNonNull(watcher, "the port to tell must not be null");
        return watchedFor(watcher, cell -> new PortWatches.Mail(
                target, watcher, message.clone(), parts.kernel, cell == null ? null : cell.attachments()));
    }

    @Override
    public Monitor link(PortId target, PortId dependent) {
        Objects.requireNonNull(dependent, "the port to kill must not be null");
        return watchedFor(dependent, cell -> cell == null
                ? new PortWatches.Link(target, dependent, parts.kernel)
                : new PortWatches.Link(target, cell));
    }

    @Override
    public CompletionStage<Reason> whenDown(PortId target) {
        CompletableFuture<Reason> down = new CompletableFuture<>();
        Monitor ignored = monitor(target, down::complete);
        return down.minimalCompletionStage();
    }

    @Override
    public Monitor guard(PortId target, AutoCloseable... resources) {
        for (AutoCloseable resource : resources) {
            Objects.requireNonNull(resource, "a resource to close must not be null");
        }
        return watched(new PortWatches.Closing(target, List.of(resources), kernel().dispatcher()));
    }

    // ---- timers ------------------------------------------------------------------------------------------

    @Override
    public PortTree tree() {
        requireOpen();
        return parts.census.take();
    }

    @Override
    public Supervision supervise(PortCell cell, SupervisorSpec spec) {
        return new SupervisorPort(cell, parts.opener, spec);
    }

    @Override
    public Timer after(Duration delay, Action action) {
        Objects.requireNonNull(action, "the code to run must not be null");
        return NodeTimer.start(kernel().clock(), kernel().dispatcher(), Nanos.of(delay, "a delay"), action);
    }

    @Override
    public Timer after(Duration delay, PortId target, Object... message) {
        Objects.requireNonNull(target, "send needs a port ID, not null");
        return after(delay, () -> parts.kernel.router().send(target, message));
    }

    // ---- nodes -----------------------------------------------------------------------------------------------------

    @Override
    public Guard monitorNodes(NodeListener listener) {
        return parts.network.monitorNodes(Objects.requireNonNull(listener, "a node listener must not be null"));
    }

    @Override
    public Set<NodeId> upNodes() {
        return parts.network.upNodes();
    }

    @Override
    public NodeState stateOf(NodeId node) {
        return parts.kernel.router().isSelf(node) ? NodeState.UP : parts.network.stateOf(node);
    }

    @Override
    public boolean isClosing() {
        return parts.closing.hasBegun();
    }

    @Override
    public void awaitClose() throws InterruptedException {
        parts.closing.await();
    }

    @Override
    public void close() {
        parts.closing.close();
    }

    @Override
    public String toString() {
        return "node " + id() + " " + addresses();
    }
}
