package io.messageport.runtime.network;

import io.messageport.Guard;
import io.messageport.Message;
import io.messageport.NodeId;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.link.UnreachableException;
import io.messageport.runtime.network.Questions.Found;
import io.messageport.runtime.network.Questions.Patience;
import io.messageport.runtime.network.Questions.Question;
import io.messageport.runtime.network.Roles.Standing;
import io.messageport.runtime.observe.RareLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out where a node can be reached whose name is all that is known ({@code SEED-2}). A global node answers from what it
 * knows, and asks the other global nodes; every other asks its master, and waits while there is none, asking meanwhile
 * whoever is connected. A node that listens nowhere is told who looks for it, and connects itself.
 *
 * <p>Any thread, readers among them: nothing here blocks.
 */
final class Lookup {
    private static final Logger LOG = LoggerFactory.getLogger(Lookup.class);

    /** Questions at a time that others ask this node to pass on. */
    private static final int MOST_PASSED_ON = 10_000;

    private final Kernel kernel;
    private final Cluster cluster;
    private final Questions questions;
    private final RareLine refusals;

    Lookup(Kernel kernel, Cluster cluster, Questions questions) {
        this.kernel = kernel;
        this.cluster = cluster;
        this.questions = questions;
        this.refusals = new RareLine(LOG, kernel.clock());
    }

    // ---- what this node wants to know ------------------------------------------------------------------------------

    /** See {@link io.messageport.runtime.link.LinkEvents#addressesOf}. */
    CompletionStage<List<String>> addressesOf(NodeId wanted) {
        NodeId self = kernel.self();
        Question question = new Question(wanted, self);
        List<String> history = cluster.addresses().known(wanted);
        boolean global = cluster.standing().global();
        CompletableFuture<Found> asked = questions.ask(question,
                message(wanted, global ? self : null, cluster.advertised()), Patience.WHILE_MORE_MAY_COME,
                this::askable);
        if (!history.isEmpty() || !cluster.mayTurnUp()) {
            questions.endIfAskedOfNobody(question);
        }
        CompletableFuture<List<String>> answer = new CompletableFuture<>();
        Duration time = global ? kernel.config().connectInterval() : kernel.config().monitorTimeout();
        Guard deadline = after(time, () -> questions.giveUp(question, asked));
        Guard patience = history.isEmpty()
                ? () -> false
                : after(kernel.config().connectInterval(), () -> answer.complete(history));
        var unused = answer.whenComplete((found, failure) -> patience.close());
        var ignored = asked.thenAccept(found -> {
            deadline.close();
            conclude(wanted, found, history, answer);
        });
        return answer;
    }

    private Guard after(Duration time, Runnable task) {
        return kernel.clock().schedule(time.toNanos(), task);
    }

    /** A node that was lost may be back elsewhere: what others know comes first, where it was comes after that. */
    private void conclude(
            NodeId wanted, Found found, List<String> history, CompletableFuture<List<String>> answer) {
        switch (found) {
            case Found.At at -> answer.complete(both(at.addresses(), history));
            case Found.Deaf deaf when !history.isEmpty() -> answer.complete(history);
            case Found.Deaf deaf when cluster.advertised().isEmpty() -> answer.completeExceptionally(
                    new UnreachableException("neither " + wanted + " nor this node, " + kernel.self()
                            + ", listens; give one of them an address to listen on (NodeConfig.bind)"));
            case Found.Deaf deaf -> {
                // It connects by itself, or it is too late for the transport as well.
                Duration time = kernel.config().monitorTimeout().multipliedBy(3).dividedBy(4);
                Guard unused = after(time, () -> answer.completeExceptionally(new UnreachableException(wanted
                        + " listens nowhere, was told that this node looks for it, and did not connect within "
                        + time)));
            }
        }
    }

    private static List<String> both(List<String> fresh, List<String> history) {
        Set<String> all = new LinkedHashSet<>(fresh);
        all.addAll(history);
        return List.copyOf(all);
    }

    /** Whom a question is put to. */
    private List<PeerLink> askable() {
        Standing standing = cluster.standing();
        return cluster.upLinks().stream().filter(link -> isAskable(standing, link.peer())).toList();
    }

    private static boolean isAskable(Standing standing, NodeId peer) {
        return standing.global()
                ? standing.globals().contains(peer)
                : standing.master() == null || standing.master().equals(peer);
    }

    /** A peer is up, or has a role in which it may know more. */
    void canBeAsked(PeerLink peer) {
        if (isAskable(cluster.standing(), peer.peer())) {
            questions.canBeAsked(peer.link());
        }
    }

    private static Object[] message(NodeId wanted, NodeId asker, List<String> addressesOfAsker) {
        List<Object> message = new ArrayList<>(List.of("find", wanted));
        if (asker != null) {
            message.add(asker);
            message.addAll(addressesOfAsker);
        }
        return message.toArray();
    }

    // ---- what others want to know ----------------------------------------------------------------------------------

    /** {@code find node}, or passed on by a global node: {@code find node asker address...}. */
    void find(PeerLink from, Message message) {
        NodeId wanted = Wire.node(message, 1);
        boolean passedOn = message.size() > 2;
        NodeId asker = passedOn ? Wire.node(message, 2) : from.peer();
        List<String> whereAsker =
                passedOn ? AddressBook.texts(message, 3) : cluster.addresses().announced(from.peer());
        Question question = new Question(wanted, asker);
        boolean global = cluster.standing().global();
        List<String> known = cluster.addresses().known(wanted);
        if (!cluster.isUp(wanted)) {
            if (global && !passedOn) {
                passOn(from, question, whereAsker, cluster.isInFlux() ? Patience.TO_THE_END : Patience.NONE);
            } else {
                answer(from, wanted, new Found.At(passedOn ? List.of() : known));
            }
        } else if (!known.isEmpty() || !global) {
            answer(from, wanted, new Found.At(known));
        } else if (cluster.addresses().isDeaf(wanted)) {
            answer(from, question, whereAsker, new Found.Deaf());
        } else {
            // It is about to say where it listens: that is the answer.
            passOn(from, question, whereAsker, Patience.TO_THE_END);
        }
    }

    /** Answers when the other global nodes have, or the node that is looked for turns up. */
    private void passOn(PeerLink from, Question question, List<String> whereAsker, Patience patience) {
        NodeId wanted = question.wanted();
        if (questions.size() >= MOST_PASSED_ON) {
            LOG.debug("too many questions are open; {} gets no better answer about {}", from.peer(), wanted);
            answer(from, wanted, new Found.At(cluster.addresses().known(wanted)));
            return;
        }
        Object[] message = message(wanted, question.asker(), whereAsker);
        CompletableFuture<Found> asked = questions.ask(question, message, patience, this::askable);
        if (patience == Patience.NONE) {
            questions.endIfAskedOfNobody(question);
        }
        Guard deadline = after(kernel.config().connectInterval(), () -> questions.giveUp(question, asked));
        var unused = asked.thenAccept(found -> {
            boolean ignored = deadline.cancel();
            answer(from, question, whereAsker, found);
        });
    }

    /** A connected node has said where it listens. */
    void announced(NodeId node, List<String> addresses) {
        cluster.addresses().announced(node, addresses);
        questions.learned(node, addresses.isEmpty() ? new Found.Deaf() : new Found.At(cluster.addresses().known(node)));
    }

    private void answer(PeerLink to, Question question, List<String> whereAsker, Found found) {
        NodeId wanted = question.wanted();
        switch (found) {
            case Found.At at -> answer(to, wanted,
                    new Found.At(both(at.addresses(), cluster.addresses().known(wanted))));
            case Found.Deaf deaf -> {
                answer(to, wanted, found);
                if (!whereAsker.isEmpty() && cluster.addresses().isDeaf(wanted)) {
                    boolean ignored = cluster.tell(wanted, values(List.of("want", question.asker()), whereAsker));
                }
            }
        }
    }

    private static void answer(PeerLink to, NodeId wanted, Found found) {
        boolean ignored = Wire.tell(to.link(), switch (found) {
            case Found.At at -> values(List.of("at", wanted), at.addresses());
            case Found.Deaf deaf -> new Object[] {"deaf", wanted};
        });
    }

    private static Object[] values(List<?> first, List<?> more) {
        List<Object> all = new ArrayList<>(first);
        all.addAll(more);
        return all.toArray();
    }

    /** {@code want node address...}: a node looks for this one, which cannot be reached, and is to be connected to. */
    void wanted(PeerLink from, Message message) {
        NodeId by = Wire.node(message, 1);
        if (!cluster.standing().globals().contains(from.peer())) {
            refusals.warn("node {} says that {} looks for this node, but only a global node may say so; ignored",
                    from.peer(), by);
        } else if (!cluster.isUp(by)) {
            cluster.addresses().heard(by, AddressBook.texts(message, 2));
            cluster.connect(by);
        }
    }
}
