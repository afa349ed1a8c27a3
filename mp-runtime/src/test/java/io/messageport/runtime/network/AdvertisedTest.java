package io.messageport.runtime.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node publishes, and how long waits are: the tables of the pure parts. */
class AdvertisedTest {
    private static final List<String> BOUND = List.of("172.17.0.2:4040", "[fd00::2]:5050");

    @ParameterizedTest
    @Tag("CFG-4")
    @CsvSource({
        "chat.example, chat.example:4040",
        "chat.example:, chat.example:4040",
        "chat.example:*, chat.example:4040",
        "chat.example:0, chat.example:4040",
        "chat.example:9, chat.example:9",
        "203.0.113.7, 203.0.113.7:4040",
        "[2001:db8::7], [2001:db8::7]:4040",
        "[2001:db8::7]:9, [2001:db8::7]:9",
    })
    void shouldPublishWhatIsAdvertisedWithThePortThatIsBound(String configured, String published) {
        assertEquals(List.of(published), Advertised.of(List.of(configured), BOUND));
    }

    @Test
    @Tag("CFG-4")
    void shouldPublishWhatIsBoundUnlessSomethingIsAdvertised() {
        assertEquals(BOUND, Advertised.of(List.of(), BOUND));
        assertEquals(List.of("a:1", "b:4040"), Advertised.of(List.of("a:1", "b", "a:1"), BOUND));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*:4040", ":4040", "2001:db8::7", ""})
    void shouldRefuseToAdvertiseWhatNobodyCanDial(String configured) {
        String text = assertThrows(IllegalArgumentException.class,
                () -> Advertised.of(List.of(configured), BOUND)).getMessage();
        assertTrue(text.startsWith("cannot advertise \"" + configured + "\": write host:port"), text);
    }

    @ParameterizedTest
    @Tag("SEED-1")
    @CsvSource({"0, 600, 1200, 2400", "0.5, 900, 1800, 3600", "0.9999, 1199, 2399, 4799"})
    void shouldDoubleTheWaitUpToTheCap(double random, long first, long second, long third) {
        long cap = 30_000_000_000L;
        RetryDelay delay = RetryDelay.first(RetryDelay.SEED, random, cap);
        assertEquals(first, delay.nanos() / 1_000_000);
        assertEquals(second, delay.next(cap).nanos() / 1_000_000);
        assertEquals(third, delay.next(cap).next(cap).nanos() / 1_000_000);
        for (int i = 0; i < 100; i++) {
            delay = delay.next(cap);
        }
        assertEquals(cap, delay.nanos());
        assertEquals(5, RetryDelay.first(RetryDelay.GLOBAL, random, 5).nanos(), "never longer than the cap");
    }
}
