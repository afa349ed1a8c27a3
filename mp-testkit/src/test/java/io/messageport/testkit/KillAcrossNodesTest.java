package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@MpTest(nodes = 2)
record KillAcrossNodesTest(Node a, Node b, @At("b") Probe probe) {
    @Test
    @Tag("KIL-1")
    void shouldKeepTheFirstReasonWhenKilledTwice() {
        Port target = a.port().ignoreUnmatched();
        probe.watch(target.id());
        b.kill(target.id(), "first", 1);
        b.kill(target.id(), "second");
        assertEquals(Reason.of("first", 1L), probe.expectDown(target.id()));
    }

    @Test
    @Tag("KIL-1")
    void shouldDoNothingWhenTheRemotePortDoesNotExist() {
        PortId nobody = new PortId(a.id(), "nobody");
        b.kill(nobody, "x");
        probe.watch(nobody);
        assertInstanceOf(Reason.NoSuchPort.class, probe.expectDown(nobody));
    }

    @Test
    @Tag("KIL-1")
    void shouldThrowWhenTheTargetIsANodePort() {
        assertThrows(IllegalArgumentException.class, () -> b.kill(a.id().nodePort(), "x"));
    }

    @Test
    @Tag("KIL-3")
    @Tag("KIL-2")
    void shouldHandleAllThatWasSentBeforeWhenKilledBehindIt() {
        Port target = a.port().otherwise(message -> a.send(probe.id(), "seen", message.get(0)));
        probe.watch(target.id());
        for (int i = 0; i < 1000; i++) {
            b.send(target.id(), i);
        }
        b.kill(target.id(), "enough");
        b.send(target.id(), "too late");
        for (int i = 0; i < 1000; i++) {
            assertEquals(i, probe.expect("seen").intValue(0));
        }
        assertEquals(Reason.of("enough"), probe.expectDown(target.id()));
    }

    @Test
    @Tag("KIL-1")
    @Tag("KIL-5")
    void shouldInterruptTheThreadWhenARemoteKillComes() {
        Port target = a.thread(self -> {
            try {
                self.receive("never");
            } finally {
                a.send(probe.id(), "ended");
            }
        });
        probe.watch(target.id());
        b.kill(target.id(), "enough");
        assertEquals(Reason.of("enough"), probe.expectDown(target.id()));
        probe.expect("ended");
    }
}
