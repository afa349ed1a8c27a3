package io.messageport.testkit.sim;

import io.messageport.Handler;
import io.messageport.NodeId;
import io.messageport.Port;
import io.messageport.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A random history on three nodes, checked against the {@link Reference} event by event. A seed chooses which kinds of
 * acts there are, and how often: a history that does everything finds less than many that each leave something out.
 */
final class ModelCheck {
    private static final int MOST_ACTORS = 14;
    private static final String SPAWNED = "model.Spawned::init";

    private final Simulation sim;
    private final RandomGenerator random;
    private final Reference reference = new Reference();
    private final Cluster cluster;

    /** What ports have been told to do, by the number in the message that tells them. */
    private final List<Consumer<Port>> commands = new ArrayList<>();

    private final List<Watching> mails = new ArrayList<>();
    private final List<Actor> spawned = new ArrayList<>();

    private ModelCheck(Simulation sim, Ways ways) {
        this.sim = sim;
        this.random = sim.random();
        this.cluster = new Cluster(sim, ways, reference,
                c -> c.spawnable(SPAWNED, (port, args) -> begin(port, args.intValue(0))));
    }

    /** One history. */
    static void run(Simulation sim) {
        run(sim, Ways.of(sim.network(), network -> network));
    }

    /** One history, over other ways. */
    static void run(Simulation sim, Ways ways) {
        new ModelCheck(sim, ways).run();
    }

    private void run() {
        List<Runnable> acts = acts();
        int length = 20 + random.nextInt(60);
        for (int i = 0; i < length; i++) {
            acts.get(random.nextInt(acts.size())).run();
            if (random.nextInt(3) == 0) {
                sim.steps(random.nextInt(30));
            }
            reference.check();
        }
        cluster.heal();
        sim.advance(Duration.ofSeconds(90));
        reference.check();
        reference.end();
    }

    /** The acts of this history, each as often as it is likely. */
    private List<Runnable> acts() {
        List<Runnable> acts = new ArrayList<>();
        often(acts, 6, this::open, false);
        often(acts, 16, this::send, false);
        often(acts, 8, this::tellToSend, true);
        often(acts, 6, this::watchFromNode, true);
        often(acts, 4, this::watchFromPort, true);
        often(acts, 3, this::mail, true);
        often(acts, 3, this::link, true);
        often(acts, 4, this::cancel, true);
        often(acts, 3, () -> kill(true), true);
        often(acts, 2, () -> kill(false), true);
        often(acts, 2, this::fail, true);
        often(acts, 2, this::call, true);
        often(acts, 3, this::spawn, true);
        often(acts, 6, cluster::pause, false);
        often(acts, 4, cluster::quiet, false);
        if (random.nextInt(4) != 0) {
            often(acts, 2, cluster::cut, true);
            often(acts, 1, cluster::reset, true);
            often(acts, 2, cluster::heal, false);
            often(acts, 1, cluster::restart, true);
        }
        return acts;
    }

    private void often(List<Runnable> acts, int weight, Runnable act, boolean mayBeMissing) {
        int times = mayBeMissing && random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(weight);
        for (int i = 0; i < times; i++) {
            acts.add(act);
        }
    }

    // ---- ports -----------------------------------------------------------------------------------------------------

    /** A port whose death the reference is told by the port itself. */
    private static final class Told extends Port {
        private Actor actor;

        @Override
        protected void stopped(Reason reason) {
            if (actor != null) {
                actor.death = reason;
            }
        }
    }

    private void open() {
        if (reference.actors().size() >= MOST_ACTORS) {
            return;
        }
        Site site = cluster.any();
        Told port = site.node.open(Told::new);
        Actor actor = new Actor(reference.actors().size(), site, port.id(), null);
        port.actor = actor;
        reference.add(actor);
        handle(port, actor);
    }

    private void handle(Port port, Actor actor) {
        port.on("m", m -> reference.receives(actor, reference.sender(m.intValue(0)), m.intValue(1)));
        port.on("do", m -> commands.get(m.intValue(0)).accept(port));
        port.on("ask", m -> port.reply("answer"));
        port.on("down", m -> reference.fires(mails.get(m.intValue(0)), Reason.of(m.valuesFrom(1))));
        Handler fails = m -> {
            throw new IllegalStateException("failure " + m.intValue(0));
        };
        port.on("fail", fails);
    }

    private void spawn() {
        if (reference.actors().size() >= MOST_ACTORS) {
            return;
        }
        Site from = cluster.any();
        Site to = cluster.any();
        var id = from.node.spawn(NodeId.of(to.name), SPAWNED, spawned.size());
        Actor actor = new Actor(reference.actors().size(), to, id, from);
        spawned.add(actor);
        reference.add(actor);
    }

    /** The init of a spawned port. */
    private void begin(Port port, int number) {
        Actor actor = spawned.get(number);
        Site there = cluster.named(port.node().id().value());
        actor.begins(there, reference.tick());
        there.actors.add(actor);
        handle(port, actor);
        try {
            var unused = port.node().monitor(port.id(), reason -> actor.death = reason);
        } catch (IllegalStateException closing) {
            actor.death = Reason.Died.of(closing);
            throw closing;
        }
    }

    private Actor anyActor() {
        List<Actor> actors = reference.actors();
        return actors.isEmpty() ? null : actors.get(random.nextInt(actors.size()));
    }

    /** Lets a port do something in its own context, when its turn comes. */
    private void tell(Actor actor, Consumer<Port> command) {
        Site site = actor.site();
        if (site.open) {
            commands.add(command);
            site.node.send(actor.id, "do", commands.size() - 1);
        }
    }

    /** Runs something with one port and another, or with the same twice. */
    private void withTwo(BiConsumer<Actor, Actor> act) {
        Actor one = anyActor();
        Actor other = anyActor();
        if (one != null) {
            act.accept(one, other);
        }
    }

    // ---- acts ------------------------------------------------------------------------------------------------------

    private void send() {
        Actor to = anyActor();
        Site from = cluster.any();
        for (int i = to == null ? 0 : 1 + random.nextInt(4); i > 0; i--) {
            from.node.send(to.id, "m", reference.numberOf(from), reference.sends(from, to));
        }
    }

    private void tellToSend() {
        int times = 1 + random.nextInt(4);
        boolean dies = random.nextInt(8) == 0;
        withTwo((from, to) -> tell(from, port -> {
            for (int i = 0; i < times; i++) {
                port.send(to.id, "m", reference.numberOf(from), reference.sends(from, to));
            }
            if (dies) {
                from.causes.add(Reason.normal());
                port.stop();
            }
        }));
    }

    private void watchFromNode() {
        Actor target = anyActor();
        if (target != null) {
            Site at = cluster.any();
            Watching watching = reference.watches(Watching.Form.NODE_CALLBACK, at, target, null);
            watching.handle = at.node.monitor(target.id, reason -> reference.fires(watching, reason));
        }
    }

    private void watchFromPort() {
        withTwo((watcher, target) -> tell(watcher, port -> {
            Watching watching = reference.watches(Watching.Form.PORT_CALLBACK, watcher.site(), target, watcher);
            watching.handle = port.monitor(target.id, reason -> reference.fires(watching, reason));
        }));
    }

    private void mail() {
        withTwo((watcher, target) -> {
            if (watcher.site().open && !watcher.isDead() && watcher.began()) {
                Watching watching = reference.watches(Watching.Form.MAIL, watcher.site(), target, watcher);
                mails.add(watching);
                watching.handle = watcher.site().node.monitor(target.id, watcher.id, "down", mails.size() - 1);
            }
        });
    }

    private void link() {
        withTwo((dependent, target) -> tell(dependent, port -> {
            Watching watching = reference.watches(Watching.Form.LINK, dependent.site(), target, dependent);
            watching.handle = port.link(target.id);
        }));
    }

    private void cancel() {
        List<Watching> all = reference.watchings();
        if (!all.isEmpty()) {
            Watching watching = all.get(random.nextInt(all.size()));
            if (watching.handle != null && watching.at.open) {
                reference.cancels(watching);
            }
        }
    }

    private void kill(boolean abnormal) {
        Reason reason = abnormal ? Reason.of("killed", (long) random.nextInt(1_000_000)) : Reason.normal();
        if (random.nextBoolean()) {
            withTwo((by, target) -> tell(by, port -> {
                noteKill(by, target, reason);
                port.kill(target.id, reason.values().toArray());
            }));
        } else {
            Actor target = anyActor();
            if (target != null) {
                Site by = cluster.any();
                noteKill(by, target, reason);
                by.node.kill(target.id, reason.values().toArray());
            }
        }
    }

    private void noteKill(Sender by, Actor target, Reason reason) {
        target.kills.add(new Actor.Kill(by, reason, reference.tick()));
        target.causes.add(reason);
    }

    private void fail() {
        Actor target = anyActor();
        if (target != null) {
            int number = random.nextInt(1_000);
            target.causes.add(Reason.Died.of(new IllegalStateException("failure " + number)));
            cluster.any().node.send(target.id, "fail", number);
        }
    }

    private void call() {
        Actor target = anyActor();
        if (target == null) {
            return;
        }
        if (random.nextBoolean()) {
            Reference.Asking asking = new Reference.Asking(cluster.any(), null);
            reference.asks(asking);
            var unused = asking.at.node.call(target.id, "ask").then(outcome -> reference.answered(asking));
        } else {
            withTwo((by, asked) -> tell(by, port -> {
                Reference.Asking asking = new Reference.Asking(by.site(), by);
                reference.asks(asking);
                var unused = port.call(asked.id, "ask").then(outcome -> reference.answered(asking));
            }));
        }
    }
}
