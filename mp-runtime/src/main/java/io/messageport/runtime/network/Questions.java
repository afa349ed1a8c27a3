package io.messageport.runtime.network;

import io.messageport.NodeId;
import io.messageport.runtime.link.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Open questions for the address of a node, put to every connected peer ({@code SEED-2}). The first address ends a
 * question; so does the last peer that knows none, unless a seed that is not connected yet might.
 *
 * <p>Any thread; one short lock, never held while a future completes.
 */
final class Questions {
    private final ReentrantLock lock = new ReentrantLock();

    /** Whether a seed is still being dialed; looked at under the lock, after the answer that it may outlive is noted. */
    private final BooleanSupplier moreToCome;

    /** Guarded by the lock. */
    private final Map<NodeId, Question> open = new HashMap<>();

    private static final class Question {
        final CompletableFuture<List<String>> answer = new CompletableFuture<>();
        final Set<NodeId> asked = new HashSet<>();
    }

    Questions(BooleanSupplier moreToCome) {
        this.moreToCome = moreToCome;
    }

    /**
     * Opens a question, or joins the open one.
     *
     * @param peers the links that are up; looked up once the question is open, so that a peer which comes up at this
     *     moment is asked here or by {@link #joined}
     */
    CompletableFuture<List<String>> ask(NodeId wanted, Supplier<List<PeerLink>> peers) {
        lock.lock();
        try {
            Question question = open.computeIfAbsent(wanted, unasked -> new Question());
            for (PeerLink peer : peers.get()) {
                put(question, wanted, peer.link());
            }
            return question.answer;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody is asked about itself: it is either connected, or its answer would wait for the very connection it is for. */
    private static void put(Question question, NodeId wanted, Link peer) {
        boolean itself = peer.peer().equals(wanted);
        if (!itself && !question.asked.contains(peer.peer()) && peer.sendControl("find", wanted)) {
            question.asked.add(peer.peer());
        }
    }

    /** A peer came up: it is asked everything that is open. */
    void joined(Link peer) {
        lock.lock();
        try {
            open.forEach((wanted, question) -> put(question, wanted, peer));
        } finally {
            lock.unlock();
        }
    }

    /** A peer will not answer any more. */
    void left(NodeId peer) {
        List<NodeId> all;
        lock.lock();
        try {
            all = new ArrayList<>(open.keySet());
        } finally {
            lock.unlock();
        }
        for (NodeId wanted : all) {
            answered(peer, wanted, List.of());
        }
    }

    /** A peer answers. */
    void answered(NodeId peer, NodeId wanted, List<String> addresses) {
        Question ended = null;
        lock.lock();
        try {
            Question question = open.get(wanted);
            if (question == null || !question.asked.remove(peer)) {
                return;
            }
            if (!addresses.isEmpty() || question.asked.isEmpty() && !moreToCome.getAsBoolean()) {
                ended = open.remove(wanted);
            }
        } finally {
            lock.unlock();
        }
        if (ended != null) {
            ended.answer.complete(addresses);
        }
    }

    /** No seed is being dialed any more: ends the questions that everybody has answered already. */
    void noMoreToCome() {
        List<NodeId> all;
        lock.lock();
        try {
            all = new ArrayList<>(open.keySet());
        } finally {
            lock.unlock();
        }
        for (NodeId wanted : all) {
            endIfAskedOfNobody(wanted);
        }
    }

    /** Ends a question that is put to no peer at this moment. */
    void endIfAskedOfNobody(NodeId wanted) {
        end(wanted, question -> question.asked.isEmpty());
    }

    /** Ends the very question that has this answer to come, not one that was opened later for the same node. */
    void giveUp(NodeId wanted, CompletableFuture<List<String>> answer) {
        end(wanted, question -> question.answer == answer);
    }

    private void end(NodeId wanted, Predicate<Question> which) {
        Question ended = null;
        lock.lock();
        try {
            Question question = open.get(wanted);
            if (question != null && which.test(question)) {
                ended = open.remove(wanted);
            }
        } finally {
            lock.unlock();
        }
        if (ended != null) {
            ended.answer.complete(List.of());
        }
    }
}
