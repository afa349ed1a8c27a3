package io.messageport.examples;

import static io.messageport.Database.atLeast;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.examples.Chat.Gone;
import io.messageport.examples.Chat.Here;
import io.messageport.examples.Chat.Join;
import io.messageport.examples.Chat.Leave;
import io.messageport.examples.Chat.Said;
import io.messageport.examples.Chat.Say;
import io.messageport.examples.Chat.Welcome;
import io.messageport.testkit.At;
import io.messageport.testkit.MpTest;
import io.messageport.testkit.Probe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@MpTest(ids = {"server", "home"})
record ChatRoomTest(Node server, Node home, @At("home") Probe ann) {
    @BeforeEach
    void open() {
        server.open(ChatServer.Room::new);
    }

    private PortId room() {
        try {
            return home.db().await(Chat.ROOMS, atLeast(1), Duration.ofSeconds(20)).ports().getFirst();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Port guest(String nick) {
        Port guest = home.port().ignoreUnmatched();
        guest.send(room(), new Join(guest.id(), nick));
        return guest;
    }

    @Test
    void shouldTellTheOthersWhenAMemberSpeaksOrLeaves() {
        ann.send(room(), new Join(ann.id(), "ann"));
        assertEquals(new Welcome(List.of()), ann.expect(Welcome.class));
        Port bob = guest("bob");
        assertEquals(new Here("bob"), ann.expect(Here.class));
        bob.send(room(), new Say(bob.id(), "hello"));
        assertEquals(new Said("bob", "hello"), ann.expect(Said.class));
        bob.send(room(), new Leave(bob.id()));
        assertEquals(new Gone("bob", "left"), ann.expect(Gone.class));
    }

    @Test
    @Tag("MON-1")
    void shouldTellTheOthersWhenAMemberDies() {
        Port bob = guest("bob");
        ann.send(room(), new Join(ann.id(), "ann"));
        assertEquals(new Welcome(List.of("bob")), ann.expect(Welcome.class));
        bob.stop("broken");
        assertEquals(new Gone("bob", "was lost"), ann.expect(Gone.class));
    }

    @Test
    @Tag("SPN-4")
    void shouldEndTheBridgeHeadWhenItsClientOrTheRoomDies() {
        ann.send(room(), new Join(ann.id(), "ann"));
        ann.expect(Welcome.class);
        Port client = home.port().ignoreUnmatched();
        PortId room = room();
        home.spawn(server.id(), ChatSession.class.getName(), room, client.id(), "bob");
        assertEquals(new Here("bob"), ann.expect(Here.class));
        client.stop("broken");
        assertEquals(new Gone("bob", "was lost"), ann.expect(Gone.class));

        Probe probe = Probe.on(home);
        PortId session = home.spawn(server.id(), ChatSession.class.getName(), room, client.id(), "bob");
        probe.watch(session);
        assertInstanceOf(Reason.NoSuchPort.class, probe.expectDown(session));

        session = home.spawn(server.id(), ChatSession.class.getName(), room, probe.id(), "bob");
        probe.expect(Welcome.class);
        probe.watch(session);
        home.kill(room, "closing time");
        assertEquals(Reason.of("closing time"), probe.expectDown(session));
    }
}
