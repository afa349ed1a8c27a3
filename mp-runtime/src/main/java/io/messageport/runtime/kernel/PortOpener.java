package io.messageport.runtime.kernel;

import io.messageport.Body;
import io.messageport.ChildSpec;
import io.messageport.Message;
import io.messageport.NodeId;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.PortOptions;
import io.messageport.Reason;
import io.messageport.runtime.spawn.SpawnResolver;
import io.messageport.spi.Access;
import io.messageport.spi.Current;
import io.messageport.spi.PortCore;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Opens ports: plain, of a class, threaded, or by name for a spawn. Any thread. */
public final class PortOpener {

    private static final ClassValue<Boolean> HAS_BODY = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return declares(type, "run");
        }
    };

    private final Kernel kernel;
    private final SpawnResolver resolver;

    /** The bounds of a port whose options say nothing of them. */
    private final Bounds usual;

    /** The opener of one node. */
    public PortOpener(Kernel kernel, SpawnResolver resolver) {
        this.kernel = kernel;
        this.resolver = resolver;
        int capacity = kernel.config().mailboxCapacity();
        this.usual = new Bounds(capacity, highWater(capacity), kernel.config().overflow());
    }

    private static boolean declares(Class<?> type, String method) {
        for (Class<?> c = type; c != Port.class; c = c.getSuperclass()) {
            for (Method declared : c.getDeclaredMethods()) {
                if (declared.getName().equals(method) && declared.getParameterCount() == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private PortCell make(PortOptions options, Object first) {
        Objects.requireNonNull(options, "the options of a port must not be null");
        String name = options.name().orElseGet(kernel.table()::localName);
        return new PortCell(kernel, new PortId(kernel.self(), name), bounds(options), first);
    }

    /** A port opened by a port, or while one is being opened, is its child. */
    private void settle(PortCell cell, PortOptions options, Raising raising) {
        Current here = Current.ofThread();
        PortCore near = here.opening() != null ? here.opening() : here.core();
        if (options.detached() || !(near instanceof PortCell parent) || parent.kernel() != kernel) {
            return;
        }
        Place place = new Place(cell, parent);
        cell.place(place);
        if (raising != null) {
            place.raised(raising.shutdown(), raising.keeps());
        }
        if (!place.enter()) {
            throw new IllegalStateException("port " + parent.id() + " is dead and can have no children; open "
                    + cell.id().name() + " detached, or from elsewhere");
        }
    }

    private Bounds bounds(PortOptions options) {
        if (options.capacity().isEmpty() && options.overflow().isEmpty() && options.highWater().isEmpty()) {
            return usual;
        }
        int capacity = options.capacity().orElse(kernel.config().mailboxCapacity());
        int highWater = Math.min(capacity, options.highWater().orElse(highWater(capacity)));
        return new Bounds(capacity, highWater, options.overflow().orElse(kernel.config().overflow()));
    }

    private static int highWater(int capacity) {
        return capacity - capacity / 5;
    }

    private void enter(PortCell cell, boolean mayWait) {
        if (!kernel.table().enterAtOnce(cell) && !(mayWait && kernel.entersLater(cell))) {
            throw new IllegalStateException(
                    "a live port of node " + kernel.self() + " has the name \"" + cell.id().name()
                            + "\"; choose another, or wait for its end");
        }
        kernel.observation().records().portStarted(cell.id());
    }

    /** Makes a port reachable whose first signal stands before everything that anyone sends it. */
    private PortCell enterWith(PortOptions options, Raising raising, Signal.Init init) {
        PortCell cell = make(options, new Signal.Start(init));
        settle(cell, options, raising);
        enterOrDie(cell, true);
        return cell;
    }

    private void enterOrDie(PortCell cell, boolean mayWait) {
        try {
            enter(cell, mayWait);
        } catch (IllegalStateException taken) {
            if (cell.place() != null) {
                cell.place().leave();
            }
            throw taken;
        }
        if (kernel.verbs().isClosing()) {
            // This thread owns the cell until it is activated.
            cell.die(Kernel.SHUTDOWN, null);
            throw closed();
        }
    }

    /**
     * Why a port cannot stay. The node is looked at after the table knows the port: either the opener sees that the node
     * is closing, or the end of the node sees the port.
     */
    private IllegalStateException closed() {
        return new IllegalStateException("node " + kernel.self() + " is closed");
    }

    /** A port that is reachable once {@code setup} has given it handlers, or has not ({@code RCV-1}). */
    public Port plain(PortOptions options, Consumer<Port> setup) {
        return plain(options, setup, null);
    }

    private Port plain(PortOptions options, Consumer<Port> setup, Raising raising) {
        Objects.requireNonNull(setup, "the setup of a port must not be null");
        PortCell cell = make(options, null);
        settle(cell, options, raising);
        try {
            setUp(cell, setup);
            enter(cell, true);
            if (cell.isGone()) {
                // It has left the table before it came in.
                kernel.table().leave(cell);
            }
        } catch (RuntimeException | Error notOpened) {
            cell.die(Reason.Died.of(notOpened), notOpened);
            throw notOpened;
        }
        if (kernel.verbs().isClosing()) {
            cell.kill(Kernel.SHUTDOWN);
            throw closed();
        }
        return cell.port();
    }

    private static void setUp(PortCell cell, Consumer<Port> setup) {
        Port port = Access.ports().create(cell);
        cell.port(port);
        Current here = Current.ofThread();
        PortCore before = here.opening();
        here.opening(cell);
        try {
            setup.accept(port);
        } finally {
            here.opening(before);
        }
    }

    /** A port with a thread of its own ({@code CO-1}). */
    public Port threaded(PortOptions options, Body body) {
        return threaded(options, body, null);
    }

    private Port threaded(PortOptions options, Body body, Raising raising) {
        Objects.requireNonNull(body, "the body of a thread must not be null");
        PortCell cell = enterWith(options, raising, made -> {});
        Port port = Access.ports().create(cell);
        cell.port(port);
        cell.attachSoon(body);
        cell.activate();
        return port;
    }

    /** A port of a class; its constructor runs here. */
    public <P extends Port> P construct(PortOptions options, Supplier<P> constructor) {
        return construct(options, constructor, null);
    }

    private <P extends Port> P construct(PortOptions options, Supplier<P> constructor, Raising raising) {
        Objects.requireNonNull(constructor, "open needs a constructor, not null");
        Runnable begun = raising == null ? () -> {} : raising.begun();
        PortCell cell = enterWith(options, raising, made -> start(made, begun));
        try {
            P port = constructed(cell, constructor);
            cell.activate();
            return port;
        } catch (Throwable thrown) {
            cell.die(Reason.Died.of(thrown), thrown);
            throw thrown;
        }
    }

    /** Opens a child of the port whose code is running, a supervisor; returns its cell. */
    public PortCell raise(PortOptions options, ChildSpec.Start way, Raising raising) {
        Port port = switch (way) {
            case ChildSpec.Start.Constructed constructed -> construct(options, constructed.constructor(), raising);
            case ChildSpec.Start.Plain plain -> plain(options, plain.setup(), raising);
            case ChildSpec.Start.Threaded threaded -> threaded(options, threaded.body(), raising);
            case ChildSpec.Start.Spawned spawned -> throw new IllegalArgumentException(spawned + " is no local port");
        };
        return (PortCell) Access.ports().core(port);
    }

    /**
     * Gives a child whose mailbox was kept its next life, which begins with what was kept ({@code ID-5}).
     *
     * @return false when the mailbox has been lost, and the child is to be opened as a new port
     */
    public boolean raiseAgain(PortCell cell, ChildSpec.Start way, Runnable begun) throws InterruptedException {
        if (!cell.revives()) {
            return false;
        }
        List<Arrival> kept = cell.takeFirst();
        Signal.Init init;
        try {
            init = again(cell, way, begun);
        } catch (Throwable thrown) {
            cell.putFirst(kept);
            cell.stillborn(Reason.Died.of(thrown), thrown);
            throw thrown;
        }
        cell.putFirst(kept);
        cell.putFirst(List.of(cell.arrivesNow(new Signal.Start(init))));
        kernel.observation().records().portStarted(cell.id());
        cell.startLife();
        return true;
    }

    private static Signal.Init again(PortCell cell, ChildSpec.Start way, Runnable begun) {
        return switch (way) {
            case ChildSpec.Start.Constructed constructed -> {
                Port unused = constructed(cell, constructed.constructor());
                yield made -> start(made, begun);
            }
            case ChildSpec.Start.Plain plain -> {
                setUp(cell, plain.setup());
                yield made -> begun.run();
            }
            case ChildSpec.Start.Threaded threaded -> {
                cell.port(Access.ports().create(cell));
                cell.attachSoon(threaded.body());
                yield made -> begun.run();
            }
            case ChildSpec.Start.Spawned spawned -> throw new IllegalArgumentException(spawned + " is no local port");
        };
    }

    private static <P extends Port> P constructed(PortCell cell, Supplier<P> constructor) {
        Current here = Current.ofThread();
        PortCore before = here.opening();
        here.opening(cell);
        PortCore.offer(cell);
        try {
            P port = Objects.requireNonNull(constructor.get(), "the constructor must give a port, not null");
            if (Access.ports().core(port) != cell) {
                throw new IllegalStateException("the constructor must give a new port, not " + port);
            }
            cell.port(port);
            return port;
        } finally {
            PortCore.offer(null);
            here.opening(before);
        }
    }

    private static void start(PortCell cell, Runnable begun) throws Exception {
        Port port = cell.port();
        Access.ports().start(port);
        if (HAS_BODY.get(port.getClass())) {
            cell.attachSoon(self -> Access.ports().run(self));
        }
        begun.run();
    }

    /**
     * A port for a spawn: exists from now on, and is set up soon by the init of this name ({@code SPN-2}). Never waits: a
     * peer asks on the thread that reads its socket, and spawn names are not used twice.
     */
    public void spawned(NodeId asking, String name, String init, Object[] args) {
        PortCell cell;
        try {
            Message values = Access.messages().view(args, 0);
            cell = make(PortOptions.named(name), new Signal.Start(made -> initOrBury(made, asking, init, values)));
            enterOrDie(cell, false);
        } catch (IllegalStateException refused) {
            resolver.refused(asking, init, refused.getMessage());
            return;
        }
        cell.activate();
    }

    private void initOrBury(PortCell cell, NodeId asking, String name, Message args) throws Exception {
        try {
            init(cell, asking, name, args);
            if (!cell.canReceive()) {
                Reason deaf = new Reason.NoSuchPort("init " + name + " set no receiver", cell.id());
                kernel.table().bury(cell.id().name(), deaf);
                cell.die(deaf, null);
            }
        } catch (Throwable thrown) {
            kernel.table().bury(cell.id().name(), Reason.Died.of(thrown));
            throw thrown;
        }
    }

    private void init(PortCell cell, NodeId asking, String name, Message args) throws Exception {
        switch (resolver.resolve(asking, name, args)) {
            case SpawnResolver.Resolved.PortClass type -> {
                PortCore.offer(cell);
                Port port;
                try {
                    port = type.construct();
                } finally {
                    PortCore.offer(null);
                }
                cell.port(port);
                start(cell, () -> {});
            }
            case SpawnResolver.Resolved.Init init -> {
                Port port = Access.ports().create(cell);
                cell.port(port);
                init.function().init(port, init.args());
                if (cell.handlers().hasTags() && cell.handlers().fallback() == null) {
                    port.ignoreUnmatched();
                }
            }
        }
    }
}
