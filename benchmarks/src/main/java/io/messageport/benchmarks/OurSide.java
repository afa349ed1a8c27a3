package io.messageport.benchmarks;

import io.messageport.Node;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Our side of a workload: one node that listens nowhere, with the default settings. */
abstract class OurSide implements Side {
    final Round round = new Round();

    /** Written before {@link #prepare}. */
    private Node node;

    /** Opens the ports. */
    abstract void prepare();

    final Node node() {
        return node;
    }

    @Override
    @Setup
    public void open() {
        node = Node.configure(settings -> settings.nodeId("benchmark/%u"));
        prepare();
    }

    @Override
    @TearDown
    public void close() {
        node.close();
    }
}
