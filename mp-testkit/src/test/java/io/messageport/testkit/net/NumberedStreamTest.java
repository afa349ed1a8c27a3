package io.messageport.testkit.net;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.messageport.Node;
import io.messageport.PortId;
import io.messageport.testkit.MpTest;
import org.junit.jupiter.api.Test;

/** The checker of the other tests finds what it is there to find. */
@MpTest(nodes = 2, settings = InMemory.class)
record NumberedStreamTest(Node a, Node b) {
    private void forged(int epoch, int n) {
        a.send(new PortId(b.id(), "sink"), "n", epoch, n);
    }

    @Test
    void shouldFindAGapADuplicateAStepBackAndANewEpochThatComesEarly() {
        NumberedStream stream = new NumberedStream(a, b, "sink");
        stream.send();
        stream.send();
        forged(0, 3);
        forged(0, 3);
        forged(0, 2);
        forged(1, 0);
        await().until(() -> stream.arrived() == 6);
        stream.close();
        assertEquals(4, stream.violations().size(), stream.violations()::toString);
    }
}
