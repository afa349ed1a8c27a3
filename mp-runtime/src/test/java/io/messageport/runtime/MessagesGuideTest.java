package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.CallGroupOutcome;
import io.messageport.CallOutcome;
import io.messageport.Message;
import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Stash;
import io.messageport.Tag;
import io.messageport.face.Default;
import io.messageport.face.ValueCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Runs the code of docs/messages.md, which stands between the marks. */
class MessagesGuideTest extends WithNode {
    private final List<String> room = java.util.Collections.synchronizedList(new ArrayList<>());

    @Test
    void shouldShowTheVeryCodeThatRunsHere() throws Exception {
        Guide guide = Guide.of("messages.md", MessagesGuideTest.class);
        assertEquals(guide.marked(), guide.shown());
        assertEquals(12, guide.shown().size());
    }

    // guide
    record Say(String text, Optional<PortId> to) {}
    // end

    @Test
    void shouldHaveTwoFaces() {
        // guide
        PortId chat = node.port()
                .on(Say.class, say -> room.add(say.text()))
                .on("leave", m -> room.add(m.string(0) + " left"))
                .id();
        node.send(chat, new Say("hello", Optional.empty()));
        node.send(chat, "say", "hello again");
        node.send(chat, "leave", "Eve");
        // end
        Awaitility.await().until(() -> room.equals(List.of("hello", "hello again", "Eve left")));
    }

    // guide
    sealed interface Order {
        record Buy(String item, int count) implements Order {}

        record Cancel(long number) implements Order {}
    }
    // end

    @Test
    void shouldDispatchSealedInterfaces() {
        // guide
        PortId shop = node.port()
                .on(Order.class, order -> room.add(switch (order) {
                    case Order.Buy buy -> buy.count() + " " + buy.item();
                    case Order.Cancel cancel -> "cancelled " + cancel.number();
                }))
                .id();
        node.send(shop, new Order.Buy("tea", 2));
        node.send(shop, "cancel", 17);
        // end
        Awaitility.await().until(() -> room.equals(List.of("2 tea", "cancelled 17")));
    }

    static final class Older {
        @Tag("post")
        record Post(String text) {}
    }

    // guide
    record Post(String text, @Default("en") String language, List<String> topics) {}
    // end

    @Test
    void shouldUnderstandOlderAndNewerSenders() {
        PortId older = node.port().on(Older.Post.class, post -> room.add(post.text())).id();
        PortId newer = node.port().on(Post.class, post -> room.add(post.toString())).id();
        node.send(newer, new Older.Post("hi"));
        Awaitility.await().until(() -> room.equals(List.of("Post[text=hi, language=en, topics=[]]")));
        node.send(older, new Post("ho", "de", List.of("tea")));
        Awaitility.await().until(() -> room.contains("ho"));
        // guide
        long ignored = node.statistics().unknownValues();
        // end
        assertEquals(2, ignored);
    }

    // guide
    static final class CurrencyCodec implements ValueCodec<Currency> {
        @Override
        public Class<Currency> type() {
            return Currency.class;
        }

        @Override
        public Object toValue(Currency currency) {
            return currency.getCurrencyCode();
        }

        @Override
        public Currency fromValue(Object value) {
            return Currency.getInstance((String) value);
        }
    }
    // end

    record Price(long cents, Currency currency) {}

    @Test
    void shouldUseTheCodecsOfTheNode() throws Exception {
        // guide
        try (Node bank = Node.configure(c -> c.nodeId("bank/%u").codec(new CurrencyCodec()))) {
            Port teller = bank.port();
            teller.on(Price.class, price -> teller.reply(price.cents() / 100, price.currency()));
            Message answer = bank.call(teller.id(), "price", 250, "EUR").await();
            room.add(answer.get(0) + " " + answer.get(1));
        }
        // end
        assertEquals(List.of("2 EUR"), room);
    }

    // guide
    static final class Printer extends Port {
        private final List<String> printed;
        private final Stash waiting = stash(100);

        Printer(List<String> printed) {
            this.printed = printed;
            warmingUp();
        }

        private void warmingUp() {
            on("print", waiting::put);
            on("warm", m -> {
                ready();
                waiting.unstashAll();
            });
        }

        private void ready() {
            on("print", page -> printed.add(page.string(0)));
            on("cold", m -> warmingUp());
            off("warm");
        }
    }
    // end

    @Test
    void shouldPutAsideWhatComesTooEarly() {
        // guide
        PortId printer = node.open(() -> new Printer(room)).id();
        node.send(printer, "print", "page 1");
        node.send(printer, "warm");
        node.send(printer, "print", "page 2");
        // end
        Awaitility.await().until(() -> room.equals(List.of("page 1", "page 2")));
    }

    @Test
    void shouldAskSeveral() throws Exception {
        List<PortId> replicas = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Port replica = node.port();
            replicas.add(replica.on("get", m -> replica.reply(m.string(0) + "!")).id());
        }
        // guide
        Map<PortId, Message> all = node.callAll(replicas, "get", "key").await();
        Message fastest = node.callAny(replicas, "get", "key").await().values().iterator().next();
        Map<PortId, Message> majority =
                node.callQuorum(2, Duration.ofSeconds(1), replicas, "get", "key").await();
        // end
        assertEquals(3, all.size());
        assertEquals("key!", fastest.string(0));
        assertTrue(majority.size() >= 2);
        PortId gone = PortId.of(node.id() + "#gone");
        Port port = node.port().ignoreUnmatched();
        // guide
        port.callAll(List.of(replicas.getFirst(), gone), "get", "key").then(outcome -> {
            switch (outcome) {
                case CallGroupOutcome.Enough enough -> room.add("all replied");
                case CallGroupOutcome.TooFew tooFew -> tooFew.outcomes().forEach((asked, ended) -> {
                    switch (ended) {
                        case CallOutcome.Reply reply -> room.add("replied: " + reply.message());
                        case CallOutcome.Down down -> room.add(asked + " is down: " + down.reason());
                        case CallOutcome.Timeout timeout -> room.add(asked + " is slow");
                        case CallOutcome.Cancelled cancelled -> room.add(asked + " did not matter any more");
                    }
                });
            }
        });
        // end
        Awaitility.await().until(() -> room.equals(List.of(
                "replied: (key!)",
                gone + " is down: no_such_port: cannot monitor nonexistent port: " + gone)));
    }
}
