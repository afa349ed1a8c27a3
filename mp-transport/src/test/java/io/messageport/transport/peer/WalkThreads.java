package io.messageport.transport.peer;

import io.messageport.ThreadKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The threads of one side of a walk: none. What they would do waits for its turn. */
final class WalkThreads extends Threads {
    /** Which tell the node of a loss. */
    private final Deque<Runnable> losses = new ArrayDeque<>();

    private final List<Writer> writers = new ArrayList<>();

    /** Whether a writer has its turn. */
    private boolean writing;

    /** Whether somebody is about to wait for a loss to be told, so that it has to be told at once. */
    private boolean awaited;

    WalkThreads(String owner) {
        super(owner);
    }

    /** The writer of one socket, and where it goes on. */
    private static final class Writer {
        final PeerLink link;
        final Connection socket;
        final Runnable whole;
        boolean begun;

        Writer(LinkWork whole) {
            this.whole = whole;
            link = whole.link();
            socket = link.connection();
        }

        void turn() {
            if (begun) {
                new LinkWork(link, "writer", () -> socket.write()).run();
            } else {
                begun = true;
                whole.run();
            }
        }
    }

    @Override
    void start(ThreadKind kind, String name, Runnable task) {
        if (name.startsWith("writer ")) {
            writers.add(new Writer((LinkWork) task));
        } else if (name.startsWith("loss ") && !awaited) {
            losses.add(task);
        } else if (!name.startsWith("redial ")) {
            task.run();
        }
    }

    /** Every writer writes until it would wait; those of earlier sockets first, for which later ones wait. */
    void write() throws Exception {
        writing = true;
        try {
            for (Writer writer : List.copyOf(writers)) {
                if (Waits.reachesEnd(writer::turn)) {
                    writers.remove(writer);
                }
            }
        } finally {
            writing = false;
        }
    }

    boolean isWriting() {
        return writing;
    }

    boolean hasLosses() {
        return !losses.isEmpty();
    }

    /** Tells of the oldest loss. */
    void tell() {
        Runnable loss = losses.poll();
        if (loss != null) {
            loss.run();
        }
    }

    /** Does what may wait for losses to be told. */
    void telling(Waits.Turn work) throws Exception {
        while (hasLosses()) {
            tell();
        }
        awaited = true;
        try {
            work.run();
        } finally {
            awaited = false;
        }
    }
}
