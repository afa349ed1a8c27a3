package io.messageport.transport.handshake;

import io.messageport.NodeId;
import io.messageport.transport.tls.Binding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One side of a handshake in a test: keeps what it says and where it stands. */
final class Talker {
    static final Secret SECRET = Secret.of("a secret for tests");

    final List<String> said = new ArrayList<>();
    final Deque<String> unread = new ArrayDeque<>();
    Step last;
    private State state;

    Talker(Role role, String node, long incarnation, long seed) {
        this(role, node, incarnation, seed, SECRET, Optional.empty());
    }

    Talker(Role role, String node, long incarnation, long seed, Secret secret, Optional<NodeId> wanted) {
        this(role, node, incarnation, seed, secret, wanted, Binding.PLAIN);
    }

    /** On a connection of this binding. */
    @SuppressWarnings("checkstyle:ParameterNumber")
    Talker(Role role, String node, long incarnation, long seed, Secret secret, Optional<NodeId> wanted,
            Binding binding) {
        byte[] nonce = new byte[Handshake.NONCE];
        new Random(seed).nextBytes(nonce);
        follow(new Handshake(role, new Peer(NodeId.of(node), incarnation, 4096), wanted, secret, binding,
                nonce).begin());
    }

    /** Takes a line; what it says next is added to {@code said} and {@code unread}. */
    Step hear(String line) {
        follow(Handshake.step(state, line));
        return last;
    }

    boolean isOver() {
        return !(last instanceof Step.Continue || last instanceof Step.Offer);
    }

    private void follow(Step step) {
        last = step;
        switch (step) {
            case Step.Continue s -> {
                state = s.next();
                s.lines().forEach(this::say);
            }
            case Step.Offer s -> {
                state = s.next();
                say(Handshake.offer(new Offered(7)));
            }
            case Step.Decide s -> say(Handshake.accept(8));
            case Step.Refused s -> {
                if (s.tell()) {
                    say(s.refusal().line());
                }
            }
            case Step.Accepted s -> state = null;
            case Step.Unknown s -> state = s.next();
            case Step.Self s -> state = null;
            case Step.RefusedByPeer s -> state = null;
        }
    }

    private void say(String line) {
        said.add(line);
        unread.add(line);
    }

    /** Lets two sides talk until neither has anything to say or to hear. */
    static void talk(Talker one, Talker other) {
        boolean progress = true;
        while (progress) {
            boolean there = pass(one, other);
            boolean back = pass(other, one);
            progress = there || back;
        }
    }

    private static boolean pass(Talker from, Talker to) {
        String line = from.unread.poll();
        if (line == null || to.isOver()) {
            return false;
        }
        to.hear(line);
        return true;
    }
}
