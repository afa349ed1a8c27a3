package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.messageport.Message;
import io.messageport.Node;
import io.messageport.NodeConfig;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.face.ValueCodec;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Two nodes of one JVM whose codecs for one type differ, and a third without any. */
@MpTest(ids = {"plain", "code", "number"}, settings = CodecsAcrossNodesTest.OwnCodecs.class)
record CodecsAcrossNodesTest(Node plain, Node byCode, Node byNumber, Probe probe) {
    private static final Currency EURO = Currency.getInstance("EUR");

    record Price(long cents, Currency currency) {}

    static final class OwnCodecs implements NodeSettings {
        @Override
        public NodeConfig.Builder apply(String id, NodeConfig.Builder settings) {
            return switch (id) {
                case "code" -> settings.codec(
                        codec(Currency::getCurrencyCode, value -> Currency.getInstance((String) value)));
                case "number" -> settings.codec(
                        codec(Currency::getNumericCode, CodecsAcrossNodesTest::ofNumber));
                default -> settings;
            };
        }
    }

    private static Currency ofNumber(Object value) {
        return Currency.getAvailableCurrencies().stream()
                .filter(currency -> currency.getNumericCode() == ((Number) value).intValue())
                .filter(currency -> currency.equals(EURO))
                .findFirst()
                .orElseThrow();
    }

    private static ValueCodec<Currency> codec(Function<Currency, Object> there, Function<Object, Currency> back) {
        return new ValueCodec<>() {
            @Override
            public Class<Currency> type() {
                return Currency.class;
            }

            @Override
            public Object toValue(Currency value) {
                return there.apply(value);
            }

            @Override
            public Currency fromValue(Object value) {
                return back.apply(value);
            }
        };
    }

    @Test
    void shouldEncodeWithTheSendersOwnCodec() {
        for (int i = 0; i < 2; i++) {
            byCode.send(probe.id(), new Price(250, EURO));
            assertEquals(Message.of("price", 250L, "EUR"), probe.next());
            byNumber.send(probe.id(), new Price(250, EURO));
            assertEquals(Message.of("price", 250L, 978L), probe.next());
        }
    }

    @Test
    void shouldEncodeLooseValuesWithTheSendersOwnCodec() {
        byCode.send(probe.id(), "loose", EURO, List.of(EURO), Map.of("in", EURO), new Price(1, EURO));
        assertEquals(
                Message.of("loose", "EUR", List.of("EUR"), Map.of("in", "EUR"), List.of("price", 1L, "EUR")),
                probe.next());
        byNumber.send(probe.id(), "loose", EURO, new Object[] {EURO});
        assertEquals(Message.of("loose", 978L, List.of(978L)), probe.next());
        String refused = assertThrows(IllegalArgumentException.class,
                () -> plain.send(byCode.port().id(), "loose", EURO)).getMessage();
        assertEquals(
                "value 1: java.util.Currency cannot cross the network; use a value that Message lists, or a record of"
                        + " such values",
                refused);
    }

    @Test
    void shouldReadWithTheReceiversOwnCodec() {
        PortId prices = byCode.port().on(Price.class, price -> byCode.send(probe.id(), "got", price.currency())).id();
        plain.send(prices, "price", 250, "EUR");
        assertEquals(Message.of("got", "EUR"), probe.next());
        probe.watch(prices);
        // What another node sends may overtake the watch, unless an answer shows that it has arrived.
        plain.send(prices, "price", 1, "EUR");
        assertEquals(Message.of("got", "EUR"), probe.next());
        byNumber.send(prices, new Price(250, EURO));
        Reason reason = probe.expectDown(prices);
        assertEquals(Reason.Died.class, reason.getClass());
        assertEquals(
                "io.messageport.MessageMismatchException: price.currency should be what "
                        + CodecsAcrossNodesTest.class.getName() + "$1 reads as Currency, found Long 978",
                reason.values().get(1).toString().split(" \\(", 2)[0]);
    }

    @Test
    void shouldExpectWithTheCodecsOfTheProbesNode() {
        Probe onNumber = Probe.on(byNumber);
        plain.send(onNumber.id(), "price", 250, 978);
        assertEquals(new Price(250, EURO), onNumber.expect(Price.class));
    }

    @Test
    void shouldEncodeReasonsWithTheCodecOfTheNodeOfThePortThatDies() {
        Port port = byCode.port();
        PortId dying = port.on("go", message -> port.stop("broke", EURO)).id();
        probe.watch(dying);
        plain.send(dying, "go");
        assertEquals(Reason.of("broke", "EUR"), probe.expectDown(dying));
    }
}
