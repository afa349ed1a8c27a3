package io.messageport.examples;

import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.RemoteSpawn;
import io.messageport.examples.Chat.FromRoom;
import io.messageport.examples.Chat.Join;
import io.messageport.examples.Chat.Leave;
import io.messageport.examples.Chat.Say;

/**
 * A chat member's bridge-head on the server's node, created from afar by {@link ChatBridge}; the annotation is what allows
 * that. To the room it is a member like any other.
 */
@RemoteSpawn
public final class ChatSession extends Port {
    private final PortId room;
    private final PortId client;
    private final String nick;

    ChatSession(PortId room, PortId client, String nick) {
        this.room = room;
        this.client = client;
        this.nick = nick;
    }

    @Override
    protected void start() {
        link(client); // no client, no session
        link(room); // no room, no session: the client's monitor tells it to come again
        on(FromRoom.class, news -> send(client, news));
        on("typed", message -> send(room, new Say(id(), message.string(0))));
        on("quit", message -> {
            send(room, new Leave(id()));
            stop();
        });
        send(room, new Join(id(), nick));
    }
}
