package io.messageport.runtime.supervise;

import io.messageport.Child;
import io.messageport.ChildSpec;
import io.messageport.ChildStartException;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.SupervisorSpec;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.kernel.PortCell;
import io.messageport.runtime.kernel.PortOpener;
import io.messageport.spi.Supervision;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the {@link Strategist} decides: the engine's half of a {@link io.messageport.Supervisor}. An end of a child
 * comes as an event into the supervisor's mailbox and says which life it ended, so that one that was ended on purpose,
 * or has been started again meanwhile, is not taken for another end.
 *
 * <p>Runs on the supervisor's thread, which may wait for children here. Only the public methods are for others.
 */
public final class SupervisorPort implements Supervision {
    private static final Logger LOG = LoggerFactory.getLogger("io.messageport.supervisor");
    private static final Reason ORDERED = Reason.of("shutdown", "ended by its supervisor");

    private final PortCell cell;
    private final Kernel kernel;
    private final Starter starter;
    private final Strategist strategist;

    /** Owned by the supervisor: the latest life of each child. */
    private final Map<String, ChildLife> lives = new HashMap<>();

    /** Owned by the supervisor: which child has a port. */
    private final Map<PortId, String> keys = new HashMap<>();

    /** Owned by the supervisor: code of a child is being run on its thread. */
    private boolean busy;

    /** A supervisor in this cell. */
    public SupervisorPort(PortCell cell, PortOpener opener, SupervisorSpec spec) {
        this.cell = cell;
        this.kernel = cell.kernel();
        this.starter = new Starter(cell, opener, this::ended);
        this.strategist = new Strategist(spec);
        if (spec.strategy() == SupervisorSpec.Strategy.DYNAMIC) {
            cell.endChildrenTogether();
        }
        cell.otherwise(message -> {
            LOG.warn("supervisor {} got a message it has no handler for: {}", cell.id(), message);
        });
    }

    // ---- the acts --------------------------------------------------------------------------------------------------

    private List<Act> decide(Event event) {
        return strategist.on(event, kernel.clock().nanos(), kernel.random().nextDouble());
    }

    /** Does all that follows from an event; returns what the one who asked is to be told, null when nobody asked. */
    private Act follow(Event event) {
        busy = true;
        try {
            Act answer = null;
            Deque<Act> todo = new ArrayDeque<>(decide(event));
            while (!todo.isEmpty() && cell.isAlive()) {
                Act act = todo.removeFirst();
                switch (act) {
                    case Act.Start start -> {
                        todo.addAll(decide(start(start)));
                        count(start.key());
                    }
                    case Act.Stop stop -> stop(stop);
                    case Act.Release release -> release(release.key());
                    case Act.Later later -> later(later);
                    case Act.Finish finish -> cell.die(finish.reason(), null);
                    case Act.Report report -> LOG.warn("child \"{}\" of supervisor {}: {}; {}", report.key(), cell.id(),
                            report.reason(), report.consequence());
                    case Act.Done done -> answer = done;
                    case Act.Unknown unknown -> answer = unknown;
                    case Act.Refused refused -> answer = refused;
                    case Act.Failed failed -> answer = failed;
                }
            }
            return answer;
        } finally {
            busy = false;
        }
    }

    private Event start(Act.Start start) {
        ChildLife before = lives.get(start.key());
        Starter.Outcome outcome = starter.start(start, before == null ? null : before.cell());
        return switch (outcome) {
            case Starter.Outcome.Runs runs -> {
                if (before != null) {
                    String unused = keys.remove(before.port());
                }
                ChildLife unused = lives.put(start.key(), runs.life());
                String unusedKey = keys.put(runs.life().port(), start.key());
                yield new Event.Started(runs.life().port(),
                        runs.life().cell() != null && runs.life().cell().isSupervisor());
            }
            case Starter.Outcome.Fails fails -> new Event.StartFailed(fails.reason());
        };
    }

    /** Lets the tree know how often a child has been started again. */
    private void count(String key) {
        Member member = strategist.roster().find(key);
        ChildLife life = lives.get(key);
        if (member != null && life != null && life.cell() != null) {
            life.cell().restarts(member.seen().restarts());
        }
    }

    private void stop(Act.Stop stop) {
        kernel.dispatcher().beforeWaiting();
        try {
            if (stop.together()) {
                for (Act.Ending ending : stop.endings()) {
                    lives.get(ending.key()).tell(ending.spec().shutdown(), ORDERED);
                }
            }
            for (Act.Ending ending : stop.endings()) {
                lives.get(ending.key()).end(ending.spec().shutdown(), ending.keeps(), ORDERED);
                forgetUnlessKnown(ending.key());
            }
        } catch (InterruptedException e) {
            // The supervisor itself is being ended without mercy, and its children with it.
            Thread.currentThread().interrupt();
        }
    }

    private void release(String key) {
        ChildLife life = lives.get(key);
        if (life != null) {
            life.release();
        }
        forgetUnlessKnown(key);
    }

    private void forgetUnlessKnown(String key) {
        if (strategist.roster().find(key) == null) {
            ChildLife gone = lives.remove(key);
            if (gone != null) {
                String unused = keys.remove(gone.port());
            }
        }
    }

    private void later(Act.Later later) {
        Event.Retry retry = new Event.Retry(later.ticket());
        if (later.delayNanos() == 0) {
            cell.post(() -> happened(retry));
        } else {
            var unused = cell.after(later.delayNanos(), false, () -> happened(retry));
        }
    }

    private void happened(Event event) {
        Act nobodyAsked = follow(event);
        assert nobodyAsked == null : nobodyAsked;
    }

    /** A child has ended; called on whatever thread finds out. */
    private void ended(String key, long life, Reason reason) {
        cell.post(() -> {
            happened(new Event.Ended(key, life, reason));
            forgetUnlessKnown(key);
        });
    }

    // ---- what is asked ---------------------------------------------------------------------------------------------

    @Override
    public void boot() {
        happened(new Event.Boot());
    }

    @Override
    public Child start(ChildSpec spec) {
        return answered(new Event.StartChild(spec));
    }

    @Override
    public void terminate(String key) {
        Child unused = answered(new Event.TerminateChild(key));
    }

    @Override
    public void terminate(PortId port) {
        String key = inside(() -> keys.get(port)).orElseThrow(
                () -> new IllegalArgumentException("supervisor " + cell.id() + " has no child " + port));
        terminate(key);
    }

    @Override
    public Child restart(String key) {
        return answered(new Event.RestartChild(key));
    }

    @Override
    public void delete(String key) {
        Child unused = answered(new Event.DeleteChild(key));
        Optional<Boolean> ignored = inside(() -> {
            forgetUnlessKnown(key);
            return true;
        });
    }

    @Override
    public Optional<Child> child(String key) {
        return inside(() -> {
            Member member = strategist.roster().find(key);
            return member == null ? null : member.seen();
        });
    }

    @Override
    public List<Child> children() {
        return inside(() -> strategist.roster().children()).orElseThrow(this::died);
    }

    @Override
    public Child.Count count() {
        return inside(() -> strategist.roster().count()).orElseThrow(this::died);
    }

    private Child answered(Event wanted) {
        if (cell.isHere() && busy) {
            throw new IllegalStateException("supervisor " + cell.id()
                    + " is just running this code to start a child and"
                    + " cannot wait for itself; ask it from the child's start() or a handler, or from another port");
        }
        Act answer = inside(() -> follow(wanted)).orElseThrow(this::died);
        return switch (answer) {
            case Act.Done done -> done.child();
            case Act.Unknown unknown -> throw new IllegalArgumentException(
                    "supervisor " + cell.id() + " has no child \"" + unknown.key() + '"');
            case Act.Refused refused -> throw new IllegalStateException(
                    refused.text() + " (supervisor " + cell.id() + ')');
            case Act.Failed failed -> throw new ChildStartException(cell.id(), failed.key(), failed.reason());
            default -> throw new AssertionError(answer);
        };
    }

    /** Empty when the value is null, or the supervisor died before it came to it. */
    private <T> Optional<T> inside(Supplier<T> code) {
        if (!cell.isAlive()) {
            throw died();
        }
        return cell.run(code::get);
    }

    private IllegalStateException died() {
        return new IllegalStateException("supervisor " + cell.id() + " is dead; monitor it to know why");
    }
}
