package io.messageport.cli.chaos;

import java.util.Set;

/** One thing that is done to the network. Nodes are numbers from 1. Those that last are undone when their time is over. */
sealed interface Act {
    /** For how long it lasts, in milliseconds. */
    int millis();

    /** {@code kill -9}; started again when the time is over. */
    record Kill(int node, int millis) implements Act {}

    /** Told to close its node and end; started again when the time is over. */
    record Close(int node, int millis) implements Act {}

    /** {@code SIGSTOP}, then {@code SIGCONT}. */
    record Stop(int node, int millis) implements Act {}

    /** All connections between the two are reset; new ones work at once. */
    record Cut(int one, int other) implements Act {
        @Override
        public int millis() {
            return 0;
        }
    }

    /** No byte gets from one to the other, in either direction, and nobody is told. */
    record HalfOpen(int one, int other, int millis) implements Act {}

    /** No byte gets from the first to the second, and nobody is told; the other direction works. */
    record OneWay(int from, int to, int millis) implements Act {}

    /** Connections between the group and all others are reset, and new ones refused. */
    record Partition(Set<Integer> group, int millis) implements Act {}

    /** Each sender of the node sends so many messages without a pause. */
    record Burst(int node, int messages) implements Act {
        @Override
        public int millis() {
            return 0;
        }
    }

    /** Nothing is done. */
    record Calm(int millis) implements Act {}
}
