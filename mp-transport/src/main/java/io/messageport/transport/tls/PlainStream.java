package io.messageport.transport.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The bytes of a socket as they are. */
public final class PlainStream implements ByteStream {
    private final SocketChannel channel;

    /** Over this channel, which is connected and blocks. */
    public PlainStream(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public Binding begin() {
        return Binding.PLAIN;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    public boolean prefersDirect() {
        return true;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return channel.write(from);
    }

    @Override
    public void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
