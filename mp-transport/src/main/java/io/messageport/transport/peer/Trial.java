package io.messageport.transport.peer;

import io.messageport.NodeId;
import io.messageport.transport.handshake.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.Consumer;

/** One attempt to reach one address; runs on a thread of its own, which stays on as the reader when it succeeds. */
final class Trial {
    private final InetSocketAddress target;
    private final SocketChannel channel;

    /** Null while connecting; written by the trial's thread. */
    private volatile Connection socket;

    Trial(InetSocketAddress target) throws IOException {
        this.target = target;
        channel = SocketChannel.open();
    }

    String address() {
        return Addresses.text(target);
    }

    boolean leadsTo(InetSocketAddress address) {
        return target.equals(address);
    }

    /** Whether somebody has answered. */
    boolean isTalking() {
        return socket != null;
    }

    /** Connects and talks; reports how it ended, once. */
    void run(Opening opening, Optional<NodeId> wanted, Consumer<Outcome> report) {
        try {
            channel.connect(target);
        } catch (ClosedChannelException e) {
            report.accept(new Outcome.Failed("no longer wanted"));
            return;
        } catch (IOException | RuntimeException e) {
            Opening.close(channel);
            report.accept(new Outcome.Failed(e.getMessage() == null ? e.toString() : e.getMessage()));
            return;
        }
        opening.run(channel, address(), Role.DIALER, wanted, new Opening.Report() {
            @Override
            public void begun(Connection begun) {
                socket = begun;
            }

            @Override
            public void accept(Outcome outcome) {
                report.accept(outcome);
            }
        });
    }

    /** Ends it, unless it is being settled what its socket is for, or a link has taken it. */
    void cancel() {
        end(Connection::cancel);
    }

    /** Ends it, unless a link has taken its socket. */
    void abort() {
        end(Connection::abort);
    }

    private void end(Consumer<Connection> how) {
        Connection talking = socket;
        if (talking == null) {
            Opening.close(channel);
        } else {
            how.accept(talking);
        }
    }
}
