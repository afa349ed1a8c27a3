package io.messageport.runtime.supervise;

import io.messageport.Guard;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.runtime.kernel.PortCell;
import io.messageport.runtime.monitor.Watch;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The monitor by which a supervisor learns of the end of one life of a child. */
final class ChildWatch extends Watch implements Guard {
    private final PortCell supervisor;
    private final Consumer<Reason> ended;
    private final CompletableFuture<Reason> end = new CompletableFuture<>();

    ChildWatch(PortId child, PortCell supervisor, Consumer<Reason> ended) {
        super(child);
        this.supervisor = supervisor;
        this.ended = ended;
    }

    /** Watches a port of another node. */
    void register() {
        supervisor.attachments().add(this);
        supervisor.kernel().verbs().watch(this);
    }

    /**
     * Watches a port here in the life that its supervisor has just given it: where that is over already, the watch fires
     * at once with the reason, and not when the next one ends.
     */
    void register(PortCell child) {
        supervisor.attachments().add(this);
        boolean listed = child.watch(this);
        if (!listed || child.isWaitingForLife() && cancel()) {
            fireUnlisted(child.death());
        }
    }

    /** Completes with the reason when the child has ended. */
    CompletableFuture<Reason> end() {
        return end;
    }

    @Override
    protected void over() {
        supervisor.attachments().remove(this);
    }

    @Override
    protected void fire(Reason reason) {
        boolean unused = end.complete(reason);
        ended.accept(reason);
    }
}
