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

    void register() {
        supervisor.attachments().add(this);
        supervisor.kernel().verbs().watch(this);
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
