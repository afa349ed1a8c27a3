package io.messageport.transport.peer;

import io.messageport.NodeId;
import io.messageport.Tls;
import io.messageport.face.Faces;
import io.messageport.transport.handshake.Handshake;
import io.messageport.transport.handshake.HandshakeException;
import io.messageport.transport.handshake.Offered;
import io.messageport.transport.handshake.Peer;
import io.messageport.transport.handshake.Role;
import io.messageport.transport.handshake.Secret;
import io.messageport.transport.handshake.State;
import io.messageport.transport.handshake.Step;
import io.messageport.transport.tls.ByteStream;
import io.messageport.transport.tls.Identities;
import io.messageport.transport.tls.Identity;
import io.messageport.transport.tls.PlainStream;
import io.messageport.transport.tls.TlsStream;
import io.messageport.transport.wire.FrameWriter;
import io.messageport.transport.wire.WireBuffer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A peer without a transport: passes the handshake with the right secret, then does to the socket what a test wants. */
final class RawPeer implements AutoCloseable {
    /** Who all raw peers of this process are; a key costs more than a test. */
    private static final Identities OWN = Identities.automatic();

    final SocketChannel channel;
    final ByteStream stream;
    final Inbound in;

    /** The lines it sent. */
    final List<String> said = new ArrayList<>();

    /** How the handshake ended. */
    Step end;

    private RawPeer(SocketChannel channel, ByteStream stream) {
        this.channel = channel;
        this.stream = stream;
        in = new Inbound(stream);
    }

    /** Connects to a node that talks TLS and passes the handshake, or is refused; {@code end} tells. */
    static RawPeer connect(String address, String id, long incarnation, long linkId, Random random) throws IOException {
        return connect(tls(address), id, incarnation, linkId, random);
    }

    /** As {@link #connect}, and announces that it acknowledges and resumes. */
    static RawPeer connectResuming(String address, String id, long incarnation, long linkId, Random random)
            throws IOException {
        return connect(tls(address), new Peer(NodeId.of(id), incarnation, 1 << 20, true), linkId, random);
    }

    /** Connects to a node in plain mode. */
    static RawPeer connectPlain(String address, String id, long incarnation, long linkId, Random random)
            throws IOException {
        return connect(plain(address), id, incarnation, linkId, random);
    }

    /** Connects to a node in plain mode, and has said nothing yet. */
    static RawPeer plain(String address) throws IOException {
        SocketChannel channel = SocketChannel.open(target(address));
        return new RawPeer(channel, new PlainStream(channel));
    }

    /** Connects to a node that talks TLS, and has said nothing yet. */
    static RawPeer tls(String address) throws IOException {
        SocketChannel channel = SocketChannel.open(target(address));
        return new RawPeer(channel, new TlsStream(channel, OWN.current(), true));
    }

    /** Connects with the certificate of one node, and claims to be another. */
    static RawPeer connectAs(Tls.Certificates files, String address, String real, String claimed) throws IOException {
        SocketChannel channel = SocketChannel.open(target(address));
        Identity identity = Identities.files(files, NodeId.of(real), new TestClock()).current();
        return connect(new RawPeer(channel, new TlsStream(channel, identity, true)), claimed, 1, 1, new Random(1));
    }

    private static RawPeer connect(RawPeer peer, String id, long incarnation, long linkId, Random random)
            throws IOException {
        return connect(peer, new Peer(NodeId.of(id), incarnation, 1 << 20), linkId, random);
    }

    private static RawPeer connect(RawPeer peer, Peer self, long linkId, Random random) throws IOException {
        peer.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        byte[] nonce = new byte[Handshake.NONCE];
        random.nextBytes(nonce);
        try {
            peer.talk(new Handshake(Role.DIALER, self, Optional.empty(),
                    Secret.of(TestNode.SECRET), peer.stream.begin(), nonce), linkId);
        } catch (HandshakeException e) {
            throw new IOException(e);
        }
        return peer;
    }

    static InetSocketAddress target(String address) throws IOException {
        return Addresses.toDial(address).getFirst();
    }

    private void talk(Handshake own, long linkId) throws IOException, HandshakeException {
        Step step = own.begin();
        while (true) {
            State next;
            switch (step) {
                case Step.Continue s -> {
                    lines(s.lines());
                    next = s.next();
                }
                case Step.Offer s -> {
                    lines(List.of(Handshake.offer(new Offered(linkId))));
                    next = s.next();
                }
                case Step.Decide s -> {
                    lines(List.of(Handshake.accept(linkId)));
                    end = step;
                    return;
                }
                case Step.Accepted s -> {
                    end = step;
                    return;
                }
                case Step.Unknown s -> throw new IOException("the link was unknown, though it is new");
                case Step.Self s -> throw new IOException("self");
                case Step.Refused s -> {
                    end = step;
                    return;
                }
                case Step.RefusedByPeer s -> {
                    end = step;
                    return;
                }
            }
            String line = in.line();
            if (line == null) {
                throw new IOException("closed during the handshake");
            }
            step = Handshake.step(next, line);
        }
    }

    private void lines(List<String> lines) throws IOException {
        said.addAll(lines);
        for (String line : lines) {
            write((line + '\n').getBytes(StandardCharsets.US_ASCII));
        }
    }

    boolean isAccepted() {
        return end instanceof Step.Accepted || end instanceof Step.Decide;
    }

    void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    void write(byte[] bytes, int from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
        while (buffer.hasRemaining()) {
            int ignored = stream.write(buffer);
        }
    }

    void message(String port, Object... values) throws IOException {
        write(frame(port, values));
    }

    static byte[] frame(String port, Object... values) {
        WireBuffer out = WireBuffer.ofCapacity(64);
        new FrameWriter(Faces.common()).data(out, port, values, 1 << 20);
        return out.toByteArray();
    }

    static byte[] heartbeat(boolean wantsAnswer) {
        WireBuffer out = WireBuffer.ofCapacity(8);
        FrameWriter.heartbeat(out, wantsAnswer);
        return out.toByteArray();
    }

    static byte[] goodbye(String text) {
        WireBuffer out = WireBuffer.ofCapacity(8);
        FrameWriter.goodbye(out, text);
        return out.toByteArray();
    }

    /** Reads and forgets until the other end closes, in whatever manner. */
    void drain() {
        try {
            while (in.fill() >= 0) {
                in.discard();
            }
        } catch (IOException e) {
            // Closed while something of ours was unread.
        }
    }

    /** Closes with a reset instead of an orderly end. */
    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
