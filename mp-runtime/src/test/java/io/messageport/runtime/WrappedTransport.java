package io.messageport.runtime;

import io.messageport.NodeId;
import io.messageport.runtime.link.Link;
import io.messageport.runtime.link.Transport;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Does what another transport does; a test overrides what shall go differently. */
class WrappedTransport implements Transport {
    private final Transport inner;

    WrappedTransport(Transport inner) {
        this.inner = inner;
    }

    @Override
    public List<String> listen(List<String> binds) throws IOException {
        return inner.listen(binds);
    }

    @Override
    public Link link(NodeId peer) {
        return inner.link(peer);
    }

    @Override
    public CompletionStage<Dialed> dial(String address) {
        return inner.dial(address);
    }

    @Override
    public void close() {
        inner.close();
    }
}
