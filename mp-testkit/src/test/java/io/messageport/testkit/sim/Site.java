package io.messageport.testkit.sim;

import io.messageport.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One life of a node in the model. It is a sender too: what the test sends on the node itself. */
final class Site extends Sender {
    final String name;
    final Node node;
    boolean open = true;
    final List<Actor> actors = new ArrayList<>();

    /** Which nodes it has last been told are up; which of them were so when nothing was left to be done, and when. */
    final Set<String> up = new HashSet<>();

    final Set<String> upWhenQuiet = new HashSet<>();
    long quietAt;

    Site(String name, Node node) {
        this.name = name;
        this.node = node;
    }

    @Override
    Site site() {
        return this;
    }

    @Override
    public String toString() {
        return name;
    }
}
