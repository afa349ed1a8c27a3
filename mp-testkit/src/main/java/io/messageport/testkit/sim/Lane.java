package io.messageport.testkit.sim;

import java.util.ArrayDeque;
import java.util.Queue;

/** Steps that keep their order: the next begins when the one before has ended. Belongs to whoever holds the baton. */
final class Lane {
    final String name;

    /** Whether the seed holds it back against the others. */
    final boolean slow;

    private final Queue<Runnable> steps = new ArrayDeque<>(2);
    private boolean busy;

    Lane(String name, boolean slow) {
        this.name = name;
        this.slow = slow;
    }

    /** Appends a step; true when the lane has become ready by it. */
    boolean add(Runnable step) {
        steps.add(step);
        return !busy && steps.size() == 1;
    }

    Runnable begin() {
        busy = true;
        return steps.remove();
    }

    /** The step has ended; true when there is another. */
    boolean end() {
        busy = false;
        return !steps.isEmpty();
    }

    @Override
    public String toString() {
        return name;
    }
}
