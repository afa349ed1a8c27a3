package io.messageport.testkit.net;

import io.messageport.NodeConfig;
import io.messageport.testkit.NodeSettings;
import java.time.Duration;

/** Nodes that notice soon that a peer is silent, and park soon when it takes nothing. */
final class Brief implements NodeSettings {
    @Override
    public NodeConfig.Builder apply(String id, NodeConfig.Builder settings) {
        return settings.heartbeatInterval(Duration.ofMillis(200)).silenceLimit(Duration.ofMillis(800))
                .connectInterval(Duration.ofMillis(100)).monitorTimeout(Duration.ofMillis(1500)).outboundLimit(1 << 16);
    }
}
