package io.messageport.examples;

import io.messageport.Monitor;
import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.examples.Chat.FromRoom;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * {@link ChatClient} in the other style: puts a bridge-head, a {@link ChatSession}, on the server's node, and talks only
 * to that. Same command line: {@code --seed HOST:PORT NICK}.
 */
public final class ChatBridge extends Port {
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Screen screen = new Screen();
    private final String nick;

    private List<PortId> rooms = List.of();

    /** The room that this client is in, or about to enter, the bridge-head there, and the watch on it; null for none. */
    private PortId room;

    private PortId session;

    private Monitor watch;

    private ChatBridge(String nick) {
        this.nick = nick;
    }

    public static void main(String... args) throws IOException {
        Arguments arguments = Arguments.of(args).needSeed();
        String nick = arguments.word(0, "your nick");
        try (Node node = arguments.node("chat-bridge/%u")) {
            ChatBridge client = node.open(() -> new ChatBridge(nick));
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

    private void choose(List<PortId> found) {
        rooms = found;
        if (room != null && !rooms.contains(room) && !screen.isInside()) {
            watch.close();
            room = null;
        }
        cross();
    }

    private void cross() {
        if (room == null && !rooms.isEmpty()) {
            room = rooms.getFirst();
            session = spawn(room, ChatSession.class.getName(), room, id(), nick);
            watch = monitor(session, reason -> {
                screen.lost();
                room = null;
                after(RETRY, this::cross);
            });
        }
    }

    private void typed(String text) {
        if (screen.isInside()) {
            send(session, "typed", text);
        } else {
            screen.notSent(text);
        }
    }

    private void leave() {
        if (room != null) {
            watch.close();
            send(session, "quit");
        }
    }
}
