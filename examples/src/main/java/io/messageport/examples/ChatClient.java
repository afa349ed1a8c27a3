package io.messageport.examples;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.examples.Chat.FromRoom;
import io.messageport.examples.Chat.Join;
import io.messageport.examples.Chat.Leave;
import io.messageport.examples.Chat.Say;
import java.io.IOException;
import java.time.Duration;

/**
 * Talks to the room of {@link ChatServer}: {@code --seed HOST:PORT NICK}, then text, {@code /quit} to leave. The seed may
 * be any node of the network; it tells where the server is.
 *
 * <p>When the server is lost, the monitor on the room says so, and a timer tries again until it is back.
 */
public final class ChatClient extends Port {
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Screen screen = new Screen();
    private final String nick;

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
            node.send(Chat.ROOM, new Leave(client.id()));
        }
    }

    @Override
    protected void start() {
        on(FromRoom.class, screen::show);
        join();
    }

    private void join() {
        monitor(Chat.ROOM, reason -> {
            screen.lost();
            after(RETRY, this::join);
        });
        send(Chat.ROOM, new Join(id(), nick));
    }

    private void typed(String text) {
        if (screen.isInside()) {
            send(Chat.ROOM, new Say(id(), text));
        } else {
            screen.notSent(text);
        }
    }
}
