package io.messageport.transport.peer;

import io.messageport.Guard;
import io.messageport.NodeId;
import io.messageport.ThreadKind;
import io.messageport.transport.handshake.Handshake;
import io.messageport.transport.handshake.HandshakeException;
import io.messageport.transport.handshake.Offered;
import io.messageport.transport.handshake.Peer;
import io.messageport.transport.handshake.Refusal;
import io.messageport.transport.handshake.Refusal.Code;
import io.messageport.transport.handshake.Role;
import io.messageport.transport.handshake.State;
import io.messageport.transport.handshake.Step;
import io.messageport.transport.tls.Binding;
import io.messageport.transport.tls.ByteStream;
import io.messageport.transport.tls.NotTlsException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the handshake on one fresh socket and, when it is accepted, stays on until it is read to its end. Runs on a
 * thread of its own; an absolute deadline closes the socket under it ({@code CON-1}).
 */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final Host host;
    private final Streams streams;
    private final Links links;
    private final Commit commit;
    private final Strangers strangers;

    /** In their handshake. */
    private final Set<Connection> talking = ConcurrentHashMap.newKeySet();

    Opening(Host host, Streams streams, Links links, Ticker ticker, Strangers strangers) {
        this.host = host;
        this.streams = streams;
        this.links = links;
        this.commit = new Commit(host, links, ticker);
        this.strangers = strangers;
    }

    /**
     * Talks until the socket is accepted or of no use; in the first case reads until it ends. The link is announced after
     * the report: whoever waits for it may close the sockets that have not reported success.
     *
     * @param address of the other end, for people
     * @param report told the outcome, once, before any message is delivered
     */
    void run(SocketChannel channel, String address, Role role, Optional<NodeId> wanted, Report report) {
        AtomicBoolean late = new AtomicBoolean();
        Guard deadline = () -> false;
        ByteStream stream;
        try {
            stream = streams.over(channel, role);
        } catch (IOException e) {
            close(channel);
            report.accept(unusable(address, role, e.getMessage()));
            return;
        }
        Inbound in = new Inbound(stream);
        Connection socket = new Connection(stream, in, address, role, host.config().messageLimit());
        report.begun(socket);
        talking.add(socket);
        PeerLink link = null;
        try {
            deadline = host.clock().schedule(host.config().handshakeTimeout().toNanos(), () -> {
                late.set(true);
                close(channel);
            });
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Conversation talk = new Conversation(socket, in, address, role, wanted, stream.begin());
            link = talk.open();
            deadline.close();
            report.accept(talk.outcome);
            if (link != null) {
                links.announce(link);
            }
        } catch (ClosedChannelException e) {
            report.accept(late.get() ? tooLate(address, role) : quiet(address, "no longer wanted"));
        } catch (NotTlsException | SSLException e) {
            report.accept(unusable(address, role, TlsTrouble.text(e, channel, role)));
        } catch (IOException e) {
            report.accept(quiet(address, "connection failed: " + e.getMessage()));
        } catch (InterruptedException | Links.ShutException e) {
            report.accept(new Outcome.Failed("the transport is closing"));
        } catch (RuntimeException | Error e) {
            LOG.error("the handshake with {} failed for an internal reason", address, e);
            report.accept(new Outcome.Failed("internal error: " + e));
        } finally {
            deadline.close();
            talking.remove(socket);
        }
        if (link == null) {
            close(channel);
        } else {
            read(link, socket);
        }
    }

    /** On a thread of the kind that the node is to read on; the handshake itself is not worth a costly one. */
    private void read(PeerLink link, Connection socket) {
        ThreadKind kind = host.config().readers();
        if (kind == ThreadKind.VIRTUAL) {
            new LinkWork(link, "reader", () -> socket.read(link, host.events()::pump)).run();
        } else {
            LinkWork reading = new LinkWork(link, "reader", () -> socket.read(link));
            new LinkWork(link, "start of the reader",
                    () -> host.threads().start(kind, "reader of " + link.peer(), reading)).run();
        }
    }

    /** Ends all handshakes that are under way; for when no new link may come up. */
    void abortAll() {
        talking.forEach(Connection::abort);
    }

    /** Who wants to know of an opening. */
    @FunctionalInterface
    interface Report {
        /** How it ended; once, before any message is delivered. */
        void accept(Outcome outcome);

        /** The socket is about to talk. */
        default void begun(Connection socket) {
            // Only those who may cancel it want to know.
        }
    }

    private Outcome unusable(String address, Role role, String why) {
        if (role == Role.LISTENER) {
            strangers.refused(address, why);
        } else {
            strangers.unreachable(address, why);
        }
        return new Outcome.Failed(why);
    }

    private Outcome tooLate(String address, Role role) {
        String why = "no handshake within " + host.config().handshakeTimeout().toSeconds() + " s";
        if (role == Role.LISTENER) {
            strangers.refused(address, why);
        }
        return new Outcome.Failed(why);
    }

    /** Not worth a warning: scanners close like that, and peers of which another socket was accepted first. */
    private static Outcome quiet(String address, String why) {
        LOG.debug("{}: {}", address, why);
        return new Outcome.Failed(why);
    }

    static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing depends on how a useless socket ends.
        }
    }

    private static void send(Connection socket, List<String> lines) throws IOException {
        if (!lines.isEmpty()) {
            String text = String.join("\n", lines) + '\n';
            socket.writeNow(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /** One handshake in progress. */
    private final class Conversation {
        private final Connection socket;
        private final Inbound in;
        private final String address;
        private final Role role;
        private State state;
        private Outcome outcome;

        /** Peer and number of the link offered to it. */
        private Peer offeredTo;
        private long offered;

        Conversation(Connection socket, Inbound in, String address, Role role, Optional<NodeId> wanted,
                Binding binding) throws IOException {
            this.socket = socket;
            this.in = in;
            this.address = address;
            this.role = role;
            byte[] nonce = new byte[Handshake.NONCE];
            host.random().nextBytes(nonce);
            Step.Continue begin = new Handshake(role, host.self(), wanted, streams.secret(), binding, nonce).begin();
            state = begin.next();
            send(socket, begin.lines());
        }

        /** The link that is up on this socket, or null. */
        PeerLink open() throws IOException, InterruptedException {
            try {
                String line = nextLine();
                while (line != null) {
                    PeerLink link = follow(Handshake.step(state, line));
                    if (outcome != null) {
                        return link;
                    }
                    line = nextLine();
                }
                if (outcome == null) {
                    outcome = quiet(address, "connection closed during the handshake");
                }
                return null;
            } catch (ClosedChannelException | SSLException e) {
                throw e;
            } catch (IOException e) {
                outcome = quiet(address, "connection failed during the handshake: " + e.getMessage());
                return null;
            } finally {
                if (offeredTo != null) {
                    commit.offerEnded(offeredTo, socket);
                }
            }
        }

        private String nextLine() throws IOException {
            try {
                return in.line();
            } catch (HandshakeException e) {
                refuse(e.refusal(), false);
                return null;
            }
        }

        private PeerLink follow(Step step) throws IOException, InterruptedException {
            switch (step) {
                case Step.Continue s -> {
                    send(socket, s.lines());
                    state = s.next();
                }
                case Step.Offer s -> offer(s.next(), s.peer());
                case Step.Decide s -> {
                    socket.engaged();
                    return settle(commit.decide(s.peer(), s.offer(), socket), s.peer(), true);
                }
                case Step.Accepted s -> {
                    // The peer expects frames from here on, so a refusal is only a closed socket to it.
                    return settle(commit.accepted(s.peer(), offered, s, socket), s.peer(), false);
                }
                case Step.Unknown s -> {
                    commit.unknown(s.peer(), offered);
                    commit.offerEnded(s.peer(), socket);
                    offeredTo = null;
                    offer(s.next(), s.peer());
                }
                case Step.Self s -> outcome = new Outcome.Self();
                case Step.Refused s -> refuse(s.refusal(), s.tell());
                case Step.RefusedByPeer s -> refusedByPeer(s.refusal());
            }
            return null;
        }

        private void offer(State next, Peer peer) throws IOException, InterruptedException {
            socket.engaged();
            Optional<Refusal> refusal = commit.mayOffer(peer);
            if (refusal.isPresent()) {
                refuse(refusal.get(), true);
                return;
            }
            Offered offer = commit.offerFor(peer, socket);
            offered = offer.id();
            offeredTo = peer;
            state = next;
            send(socket, List.of(Handshake.offer(offer)));
        }

        private PeerLink settle(Commit.Result result, Peer peer, boolean tell) throws IOException {
            switch (result) {
                case Commit.Result.Up up -> {
                    outcome = new Outcome.Connected(peer.node());
                    return up.link();
                }
                case Commit.Result.Refuse no -> refuse(no.refusal(), tell);
                case Commit.Result.Unknown unknown -> LOG.debug("{} speaks of a connection that has ended", address);
            }
            return null;
        }

        private void refuse(Refusal refusal, boolean tell) throws IOException {
            if (tell) {
                send(socket, List.of(refusal.line()));
            }
            if (refusal.code() == Code.DUPLICATE) {
                outcome = duplicate();
                return;
            }
            outcome = new Outcome.Failed(refusal.text());
            log(refusal.code(), refusal.text());
        }

        private void refusedByPeer(Refusal refusal) {
            if (refusal.code() == Code.DUPLICATE) {
                outcome = duplicate();
                return;
            }
            outcome = new Outcome.Failed("refused by the peer: " + refusal.text());
            log(refusal.code(), "refused by the peer: " + refusal.text());
        }

        private Outcome duplicate() {
            return switch (state) {
                case State.AwaitOffer s -> new Outcome.Duplicate(s.peer().node());
                case State.AwaitVerdict s -> new Outcome.Duplicate(s.peer().node());
                case State.AwaitGreeting s -> new Outcome.Failed("refused before the greeting");
                case State.AwaitNonce s -> new Outcome.Failed("refused before the nonce");
                case State.AwaitProof s -> new Outcome.Failed("refused before the proof");
            };
        }

        private void log(Code code, String text) {
            if (code == Code.SHUTTING_DOWN) {
                LOG.debug("{}: {}", address, text);
                return;
            }
            var unused = unusable(address, role, text);
        }
    }
}
