package io.messageport.transport.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.NodeConfig;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest
    @Tag("CFG-4")
    @CsvSource({
        "*, *, 0",
        "*:*, *, 0",
        "*:4040, *, 4040",
        "4040, *, 4040",
        ":4040, *, 4040",
        "host, host, 0",
        "host:, host, 0",
        "host:*, host, 0",
        "host:0, host, 0",
        "10.0.0.1:65535, 10.0.0.1, 65535",
        "[::1]:80, ::1, 80",
        "[::1], ::1, 0",
    })
    void shouldReadAddresses(String text, String host, int port) throws IOException {
        assertEquals(new Addresses.Address(host, port), Addresses.parse(text));
    }

    @ParameterizedTest
    @Tag("CFG-4")
    @ValueSource(strings = {"host:x", "host:65536", "host:-1", "::1", "[::1", "[::1]80", "a:1:2"})
    void shouldSayWhatIsWrongWithAnAddress(String text) {
        String said = assertThrows(IOException.class, () -> Addresses.parse(text)).getMessage();
        assertTrue(said.startsWith("illegal address \"" + text + "\": "), said);
    }

    @Test
    @Tag("CFG-4")
    void shouldStandForEveryAddressThatOthersCanReachOrElseLoopback() throws IOException {
        List<InetAddress> all = Addresses.ofThisMachine();
        assertFalse(all.isEmpty());
        if (all.size() > 1) {
            assertTrue(all.stream().noneMatch(InetAddress::isLoopbackAddress));
        }
        boolean six = false;
        for (InetAddress address : all) {
            assertFalse(six && address instanceof Inet4Address, "IPv4 comes first: " + all);
            six |= !(address instanceof Inet4Address);
        }
        assertEquals(all.size(), Addresses.toBind(List.of("*", "0", "*:0")).size());
    }

    @Test
    @Tag("CFG-4")
    void shouldWriteIpv6InBrackets() throws IOException {
        assertEquals("[0:0:0:0:0:0:0:1]:80",
                Addresses.text(new InetSocketAddress(InetAddress.getAllByName("::1")[0], 80)));
    }

    @Test
    void shouldDialOnlyWhatNamesHostAndPort() {
        for (String text : List.of("*", "4040", "host", "host:*")) {
            assertTrue(
                    assertThrows(IOException.class, () -> Addresses.toDial(text)).getMessage().contains("host:port"));
        }
    }

    @Test
    @Tag("CON-2")
    void shouldShortenTheIntervalWhenThereAreManyAddresses() {
        NodeConfig config = NodeConfig.builder()
                .secret("12345678")
                .connectInterval(Duration.ofSeconds(2))
                .monitorTimeout(Duration.ofSeconds(30))
                .build();
        assertEquals(2_000_000_000L, TrialSchedule.interval(config, 1, 0));
        assertEquals(1_800_000_000L, TrialSchedule.interval(config, 1, 1));
        assertEquals(2_000_000_000L, TrialSchedule.interval(config, 14, 0));
        assertEquals(1_400_000_000L, TrialSchedule.interval(config, 20, 0));
        assertEquals(400_000_000L, TrialSchedule.interval(config, 1000, 0));
        assertEquals(360_000_000L, TrialSchedule.interval(config, 1000, 1));
    }
}
