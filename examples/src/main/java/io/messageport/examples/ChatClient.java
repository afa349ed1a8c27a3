package io.messageport.examples;

import io.messageport.Monitor;
import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.examples.Chat.FromRoom;
import io.messageport.examples.Chat.Join;
import io.messageport.examples.Chat.Leave;
import io.messageport.examples.Chat.Say;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Talks to the room of {@link ChatServer}: {@code --seed HOST:PORT NICK}, then text, {@code /quit} to leave. The seed may
 * be any node of the network; the database tells where a room is.
 *
 * <p>When the server is lost, the monitor on the room says so, and the client waits until there is a room again.
 */
public final class ChatClient extends Port {
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Screen screen = new Screen();
    private final String nick;
    private List<PortId> rooms = List.of();

    /** The one that this client is in, or about to enter, and the watch on it; null while there is none. */
    private PortId room;

    private Monitor watch;

    private ChatClient(String nick) {
        this.nick = nick;
    }

    public static void main(String... args) throws IOException {
        Arguments arguments = Arguments.of(args).needSeed();
        String nick = arguments.word(0, "your nick");
        try (Node node = arguments.node("chat-client/%u")) {
            ChatClient client = node.open(() -> new ChatClient(nick));
            Arguments.ready(node);
            Screen.eachLine(client.bind(client::typed));
            client.bind(client::leave).run();
        }
    }

    @Override
    protected void start() {
        on(FromRoom.class, screen::show);
        node().db().watch(this, Chat.ROOMS, change -> choose(change.now().ports()));
    }

    /** Who is in a room stays there until it is lost; who is only about to enter one goes where there is one. */
    private void choose(List<PortId> found) {
        rooms = found;
        if (room != null && !rooms.contains(room) && !screen.isInside()) {
            watch.close();
            room = null;
        }
        enter();
    }

    private void enter() {
        if (room == null && !rooms.isEmpty()) {
            room = rooms.getFirst();
            watch = monitor(room, reason -> {
                screen.lost();
                room = null;
                after(RETRY, this::enter);
            });
            send(room, new Join(id(), nick));
        }
    }

    private void typed(String text) {
        if (screen.isInside()) {
            send(room, new Say(id(), text));
        } else {
            screen.notSent(text);
        }
    }

    private void leave() {
        if (room != null) {
            send(room, new Leave(id()));
        }
    }
}
