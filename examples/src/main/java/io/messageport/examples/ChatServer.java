package io.messageport.examples;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.examples.Chat.FromRoom;
import io.messageport.examples.Chat.Gone;
import io.messageport.examples.Chat.Here;
import io.messageport.examples.Chat.Join;
import io.messageport.examples.Chat.Leave;
import io.messageport.examples.Chat.Said;
import io.messageport.examples.Chat.Say;
import io.messageport.examples.Chat.Welcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A chat room, which {@link ChatClient} and {@link ChatBridge} find through the database. */
public final class ChatServer {
    private ChatServer() {}

    public static void main(String... args) throws InterruptedException {
        try (Node node = Arguments.of(args).node("chat-server/%u")) {
            node.open(Room::new);
            Arguments.ready(node);
            node.awaitClose();
        }
    }

    /** One handler runs at a time, so plain fields will do. */
    static final class Room extends Port {
        private final Map<PortId, String> members = new LinkedHashMap<>();

        @Override
        protected void start() {
            on(Join.class, this::join);
            on(Say.class, this::say);
            on(Leave.class, leave -> remove(leave.member(), "left"));
            node().db().register(Chat.ROOMS, id());
        }

        private void join(Join join) {
            boolean known = members.put(join.member(), join.nick()) != null;
            List<String> others = new ArrayList<>(members.values());
            others.remove(join.nick());
            send(join.member(), new Welcome(others));
            if (!known) {
                tellOthers(join.member(), new Here(join.nick()));
                monitor(join.member(), reason -> remove(join.member(), "was lost"));
            }
        }

        private void say(Say say) {
            String nick = members.get(say.member());
            if (nick != null) {
                tellOthers(say.member(), new Said(nick, say.text()));
            }
        }

        /** Fired monitors and words of farewell may both come for one member; the first one counts. */
        private void remove(PortId member, String how) {
            String nick = members.remove(member);
            if (nick != null) {
                tellOthers(member, new Gone(nick, how));
            }
        }

        private void tellOthers(PortId speaker, FromRoom news) {
            for (PortId member : members.keySet()) {
                if (!member.equals(speaker)) {
                    send(member, news);
                }
            }
        }
    }
}
