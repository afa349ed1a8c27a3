package io.messageport.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.face.ValueCodec;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Codecs that belong to one node, and what its ports make of messages with them. */
class NodeCodecTest extends WithNode {
    record Price(long cents, Currency currency) {}

    @AutoClose
    private final Node trading = Node.configure(c -> c.nodeId("trading/%u").codec(new OfCurrency()));

    static final class OfCurrency implements ValueCodec<Currency> {
        @Override
        public Class<Currency> type() {
            return Currency.class;
        }

        @Override
        public Object toValue(Currency value) {
            return value.getCurrencyCode();
        }

        @Override
        public Currency fromValue(Object value) {
            return Currency.getInstance((String) value);
        }
    }

    private static final Price PRICE = new Price(250, Currency.getInstance("EUR"));

    @Test
    void shouldReadAndWriteWithTheCodecsOfTheNodeThePortLivesOn() throws Exception {
        PortId typed = trading.port().on(Price.class, seen::add).id();
        PortId listed = trading.port().on("price", m -> seen.add(m.values())).id();
        trading.send(typed, "price", 250, "EUR");
        assertEquals(PRICE, next());
        trading.send(typed, PRICE);
        assertEquals(PRICE, next());
        trading.send(listed, PRICE);
        assertEquals(List.of(250L, "EUR"), next());
    }

    @Test
    void shouldRefuseAtTheSenderWhenTheOtherNodeHasNoSuchCodec() {
        PortId port = recorder();
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> node.send(port, PRICE));
        assertEquals(
                "component currency (java.util.Currency) of record io.messageport.runtime.NodeCodecTest$Price holds a"
                        + " java.util.Currency, which no message can carry",
                refused.getMessage().split(":", 2)[0]);
        assertThrows(IllegalArgumentException.class, () -> node.port().on(Price.class, seen::add));
    }

    @Test
    void shouldReceiveWithTheCodecsOfTheNode() throws Exception {
        PortId port = trading.thread(self -> seen.add(self.receive(Price.class))).id();
        trading.send(port, "price", 250, "EUR");
        assertEquals(PRICE, next());
    }

    @Test
    void shouldReplyWhenTheQuestionNeedsACodec() throws Exception {
        Port till = trading.port();
        till.on(Price.class, price -> till.reply(price.currency().getDisplayName(java.util.Locale.ROOT)));
        assertEquals("EUR", trading.call(till.id(), PRICE).await().string(0).substring(0, 3).toUpperCase(
                java.util.Locale.ROOT));
    }

    @Test
    void shouldRemoveTheHandlerOfATypeThatNeedsACodec() throws Exception {
        Port port = trading.port().on(Price.class, seen::add).otherwise(m -> seen.add("default"));
        port.off(Price.class);
        trading.send(port.id(), PRICE);
        assertEquals("default", next());
        assertEquals(Optional.empty(), Optional.ofNullable(seen.poll()));
    }
}
