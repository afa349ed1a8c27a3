package auction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import auction.Auction.Bid;
import auction.Auction.Close;
import auction.Auction.Leading;
import auction.Auction.Outbid;
import io.messageport.Message;
import io.messageport.Node;
import io.messageport.NodeId;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.testkit.At;
import io.messageport.testkit.ForkedNode;
import io.messageport.testkit.MpTest;
import io.messageport.testkit.NoPinning;
import io.messageport.testkit.Over;
import io.messageport.testkit.Probe;
import io.messageport.testkit.TestNodes;
import io.messageport.testkit.fault.FaultyNetwork;
import io.messageport.testkit.sim.Simulation;
import org.junit.jupiter.api.Test;

class AuctionTest {

    /** One node, two bidders. */
    @MpTest
    @NoPinning(millis = 200)
    void tellsABidderWhoIsBeaten(Node node, Probe ann, Probe bob) throws InterruptedException {
        PortId auction = node.open(Auction::new).id();
        ann.send(auction, new Bid(ann.id(), 10));
        assertEquals(new Leading(10), ann.expect(Leading.class));
        bob.send(auction, new Bid(bob.id(), 20));
        assertEquals(new Leading(20), bob.expect(Leading.class));
        assertEquals(new Outbid(20), ann.expect(Outbid.class));

        ann.watch(auction);
        Message sold = node.call(auction, new Close()).await();
        assertEquals(Message.of("sold", bob.id(), 20L), sold);
        ann.expectDown(auction, Reason.normal());
    }

    /** Three nodes in this JVM, connected by sockets. */
    @MpTest(nodes = 3)
    void takesTheNextBestWhenTheLeaderDies(Node a, Node b, Node c, @At("b") Probe ann) {
        PortId auction = a.open(Auction::new).id();
        ann.send(auction, new Bid(ann.id(), 10));
        ann.expect(Leading.class);
        Port bob = c.port().ignoreUnmatched();
        bob.send(auction, new Bid(bob.id(), 20));
        ann.expect(Outbid.class);
        bob.stop("out of money");
        assertEquals(new Leading(10), ann.expect(Leading.class));
    }

    /** An auction in a process of its own, which is killed and started again. */
    @MpTest
    void knowsNoBidsWhenTheHouseWasKilled(Node here, TestNodes nodes) {
        ForkedNode house = nodes.fork(House.class, here.addresses().getFirst());
        house.awaitReady();
        TestNodes.awaitConnected(here, NodeId.of("house"));
        Probe ann = Probe.on(here);
        PortId auction = PortId.of("house#auction");
        ann.watch(auction);
        ann.send(auction, new Bid(ann.id(), 10));
        assertEquals(new Leading(10), ann.expect(Leading.class));

        house.kill9();
        nodes.restart(house).awaitReady();
        ann.expectDown(auction, Reason.TransportError.class);
        TestNodes.awaitConnected(here, NodeId.of("house"));
        ann.send(auction, new Bid(ann.id(), 5));
        assertEquals(new Leading(5), ann.expect(Leading.class));
    }

    /** A fault: the network between the auction and the leader is cut. */
    @MpTest(nodes = 3, over = Over.MEMORY)
    void takesTheNextBestWhenTheLeaderIsCutOff(Node a, @At("b") Probe ann, @At("c") Probe bob, FaultyNetwork network) {
        PortId auction = a.open(Auction::new).id();
        ann.send(auction, new Bid(ann.id(), 10));
        ann.expect(Leading.class);
        bob.send(auction, new Bid(bob.id(), 20));
        ann.expect(Outbid.class);
        network.cut(a.id(), bob.id().node());
        assertEquals(new Leading(10), ann.expect(Leading.class));
    }

    /** Any order of events: each seed is one, and a failure names its seed. */
    @Test
    void sellsToTheHighestBidderInWhateverOrderTheBidsCome() {
        Simulation.seeds(1, 100, sim -> {
            Node a = sim.node("a");
            Probe ann = sim.probe(sim.node("b"));
            Probe bob = sim.probe(sim.node("c"));
            PortId auction = a.open(Auction::new).id();
            ann.send(auction, new Bid(ann.id(), 10));
            bob.send(auction, new Bid(bob.id(), 20));
            assertEquals(new Leading(20), bob.expect(Leading.class));
            assertEquals(new Outbid(20), ann.awaitMatching(Outbid.class));
            Message sold = a.call(auction, new Close()).await();
            assertEquals(Message.of("sold", bob.id(), 20L), sold);
        });
    }
}
