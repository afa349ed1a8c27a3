package io.messageport.runtime;

import io.messageport.Database;
import io.messageport.DeadLetter;
import io.messageport.Groups;
import io.messageport.Guard;
import io.messageport.HighWater;
import io.messageport.NodeConfig;
import io.messageport.NodeStatistics;
import io.messageport.PortId;
import io.messageport.TraceEvent;
import io.messageport.face.Faces;
import io.messageport.runtime.db.NodeDatabase;
import io.messageport.runtime.kernel.Kernel;
import java.util.Objects;
import java.util.function.Consumer;

/** The verbs of a node for those who want to see what it does. */
abstract class ObservableNode extends CallingNode {
    ObservableNode(NodeConfig config) {
        super(config);
    }

    /** The kernel, also of a closed node. */
    abstract Kernel anyKernel();

    /** The database of an open node; throws when it is closed. */
    abstract NodeDatabase database();

    @Override
    public final Database db() {
        return database();
    }

    @Override
    public final Groups groups() {
        return database().groups();
    }

    @Override
    public final Faces faces() {
        return anyKernel().faces();
    }

    @Override
    public final NodeStatistics statistics() {
        Kernel kernel = anyKernel();
        return new NodeStatistics(
                kernel.deadLetters().count(),
                kernel.deadLetters().lateReplies(),
                kernel.unknownValues().count(),
                kernel.observation().untold());
    }

    @Override
    public final Guard deadLetters(Consumer<DeadLetter> listener) {
        Objects.requireNonNull(listener, "a listener for dead letters must not be null");
        return kernel().observation().deadLetters().add(listener);
    }

    @Override
    public final Guard highWater(Consumer<HighWater> listener) {
        Objects.requireNonNull(listener, "a listener for high water must not be null");
        return kernel().observation().highWater().add(listener);
    }

    @Override
    public final Guard trace(PortId port, int perSecond, Consumer<TraceEvent> listener) {
        if (!isLocal(Objects.requireNonNull(port, "the port to trace must not be null"))) {
            throw new IllegalArgumentException(
                    "port " + port + " lives on another node than " + id() + ": it can be traced there");
        }
        Objects.requireNonNull(listener, "a trace needs somebody to tell, not null");
        return kernel().observation().tracing().ofPort(port, perSecond, listener);
    }

    @Override
    public final Guard trace(String tag, int perSecond, Consumer<TraceEvent> listener) {
        Objects.requireNonNull(tag, "the tag to trace must not be null");
        Objects.requireNonNull(listener, "a trace needs somebody to tell, not null");
        return kernel().observation().tracing().ofTag(tag, perSecond, listener);
    }
}
