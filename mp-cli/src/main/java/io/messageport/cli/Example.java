package io.messageport.cli;

import io.messageport.examples.ChatBridge;
import io.messageport.examples.ChatClient;
import io.messageport.examples.ChatServer;
import io.messageport.examples.Receiver;
import io.messageport.examples.Seed;
import io.messageport.examples.Sender;
import java.util.Arrays;
import java.util.Optional;

/** The example programs by the names under which they are started. */
enum Example {
    RECEIVER("receiver", "", "prints the data of each \"test\" message, and registers as eg_receivers", Receiver.class),
    SENDER("sender", "--seed HOST:PORT", "sends each receiver that appears the time", Sender.class),
    SEED("seed", "", "a node that others meet at", Seed.class),
    CHAT_SERVER("chat-server", "", "a chat room, which clients find by the database", ChatServer.class),
    CHAT_CLIENT("chat-client", "--seed HOST:PORT NICK", "talks to the room", ChatClient.class),
    CHAT_BRIDGE("chat-bridge", "--seed HOST:PORT NICK", "the same, with a bridge-head on the server's node",
            ChatBridge.class);

    private final String label;
    private final String arguments;
    private final String description;
    private final Class<?> type;

    Example(String label, String arguments, String description, Class<?> type) {
        this.label = label;
        this.arguments = arguments;
        this.description = description;
        this.type = type;
    }

    static Optional<Example> named(String label) {
        return Arrays.stream(values()).filter(example -> example.label.equals(label)).findFirst();
    }

    /** A line for the list of examples. */
    String describe() {
        return String.format("  %-12s %-22s %s", label, arguments, description);
    }

    Class<?> main() {
        return type;
    }

    boolean takesNick() {
        return arguments.endsWith("NICK");
    }

    /** Runs it in this process, until it ends. */
    void run(String... args) throws Exception {
        switch (this) {
            case RECEIVER -> Receiver.main(args);
            case SENDER -> Sender.main(args);
            case SEED -> Seed.main(args);
            case CHAT_SERVER -> ChatServer.main(args);
            case CHAT_CLIENT -> ChatClient.main(args);
            case CHAT_BRIDGE -> ChatBridge.main(args);
        }
    }
}
