package io.messageport.runtime.network;

import io.messageport.NodeId;
import io.messageport.runtime.link.Link;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Open questions for the address of a node, put to those who may know ({@code SEED-2}). The first answer that says where it
 * is ends a question; so does the last one that does not, unless somebody who may know more can still turn up.
 *
 * <p>Any thread; one short lock, never held while a future completes.
 */
final class Questions {
    private final ReentrantLock lock = new ReentrantLock();

    /** Whether somebody may turn up; looked at under the lock, after the answer that it may outlive is noted. */
    private final BooleanSupplier moreToCome;

    /** Guarded by the lock. */
    private final Map<Question, State> open = new LinkedHashMap<>();

    /**
     * A question.
     *
     * @param wanted the node that is looked for
     * @param asker who wants to connect to it: this node, or one that has asked this one
     */
    record Question(NodeId wanted, NodeId asker) {}

    /** An answer. */
    sealed interface Found {
        /** It listens there; nobody knows, when there are no addresses. */
        record At(List<String> addresses) implements Found {}

        /** It is up, and listens nowhere. */
        record Deaf() implements Found {}

        /** Whether this says where it is. */
        default boolean isFinal() {
            return !this.equals(NOWHERE);
        }
    }

    /** What a question waits for when all who were asked know nothing. */
    enum Patience {
        /** Nothing. */
        NONE,
        /** Those who may turn up, as long as there are some. */
        WHILE_MORE_MAY_COME,
        /** Whoever turns up, until it is given up. */
        TO_THE_END
    }

    static final Found NOWHERE = new Found.At(List.of());

    private static final class State {
        final CompletableFuture<Found> answer = new CompletableFuture<>();
        final Object[] message;

        /** What it waits for beside answers. */
        final Patience patience;

        /** To whom it was put at any time, and who of them has not answered. */
        final Set<NodeId> asked = new HashSet<>();

        final Set<NodeId> awaited = new HashSet<>();

        State(Object[] message, Patience patience) {
            this.message = message;
            this.patience = patience;
        }
    }

    Questions(BooleanSupplier moreToCome) {
        this.moreToCome = moreToCome;
    }

    /**
     * Opens a question, or joins the open one.
     *
     * @param message that puts it
     * @param patience what it waits for when nobody knows
     * @param peers whom to ask; looked up once the question is open, so that a peer which comes up at this moment is
     *     asked here or by {@link #canBeAsked}
     */
    CompletableFuture<Found> ask(
            Question question, Object[] message, Patience patience, Supplier<List<PeerLink>> peers) {
        lock.lock();
        try {
            State state = open.computeIfAbsent(question, unasked -> new State(message, patience));
            for (PeerLink peer : peers.get()) {
                put(question, state, peer.link());
            }
            return state.answer;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Nobody is asked twice, nor about itself, since it is either connected or its answer would wait for the very
     * connection it is for; nor about what it asks itself.
     */
    private static void put(Question question, State state, Link peer) {
        NodeId node = peer.peer();
        if (!node.equals(question.wanted()) && !node.equals(question.asker()) && !state.asked.contains(node)
                && Wire.tell(peer, state.message)) {
            state.asked.add(node);
            state.awaited.add(node);
        }
    }

    /** A peer has turned up that may know: it is asked everything that is open. */
    void canBeAsked(Link peer) {
        lock.lock();
        try {
            open.forEach((question, state) -> put(question, state, peer));
        } finally {
            lock.unlock();
        }
    }

    /** How many are open. */
    int size() {
        lock.lock();
        try {
            return open.size();
        } finally {
            lock.unlock();
        }
    }

    private List<Question> all() {
        lock.lock();
        try {
            return new ArrayList<>(open.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** A peer will not answer any more. */
    void left(NodeId peer) {
        for (Question question : all()) {
            end(question, NOWHERE, state -> state.awaited.remove(peer) && isOver(state));
        }
        forgive(peer);
    }

    /** When it comes back, it may be asked again. */
    private void forgive(NodeId peer) {
        lock.lock();
        try {
            open.values().forEach(state -> state.asked.remove(peer));
        } finally {
            lock.unlock();
        }
    }

    /** A peer answers all that was asked about this node. */
    void answered(NodeId peer, NodeId wanted, Found found) {
        for (Question question : all()) {
            if (question.wanted().equals(wanted)) {
                end(question, found, state -> state.awaited.remove(peer) && (found.isFinal() || isOver(state)));
            }
        }
    }

    /** Where a node is has become known. */
    void learned(NodeId wanted, Found found) {
        for (Question question : all()) {
            if (question.wanted().equals(wanted)) {
                end(question, found, state -> true);
            }
        }
    }

    private boolean isOver(State state) {
        return state.awaited.isEmpty() && switch (state.patience) {
            case NONE -> true;
            case WHILE_MORE_MAY_COME -> !moreToCome.getAsBoolean();
            case TO_THE_END -> false;
        };
    }

    /** Fewer may turn up than before: ends the questions that everybody has answered already. */
    void fewerToCome() {
        for (Question question : all()) {
            end(question, NOWHERE, this::isOver);
        }
    }

    /** Ends a question that is put to no peer at this moment. */
    void endIfAskedOfNobody(Question question) {
        end(question, NOWHERE, state -> state.awaited.isEmpty());
    }

    /** Ends the very question that has this answer to come, not one that was opened later for the same node. */
    void giveUp(Question question, CompletableFuture<Found> answer) {
        end(question, NOWHERE, state -> state.answer == answer);
    }

    private void end(Question question, Found found, Predicate<State> isOver) {
        State ended = null;
        lock.lock();
        try {
            State state = open.get(question);
            if (state != null && isOver.test(state)) {
                ended = open.remove(question);
            }
        } finally {
            lock.unlock();
        }
        if (ended != null) {
            ended.answer.complete(found);
        }
    }
}
