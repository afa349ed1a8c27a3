package io.messageport.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the built-in sources of seeds say. */
@Tag("SEED-1")
class SeedSourceTest {
    @TempDir
    Path folder;

    @Test
    void shouldGiveEveryAddressOfAName() throws Exception {
        InetAddress[] all = {
            InetAddress.getAllByName("10.0.0.2")[0], InetAddress.getAllByName("10.0.0.1")[0],
            InetAddress.getAllByName("2001:db8::1")[0], InetAddress.getAllByName("10.0.0.2")[0],
        };
        SeedSource source = new DnsSeeds("chat.internal", 4040, name -> all);
        assertEquals(List.of("10.0.0.1:4040", "10.0.0.2:4040", "[2001:db8:0:0:0:0:0:1]:4040"), source.seeds());
        assertEquals("DNS name chat.internal", source.toString());
    }

    @Test
    void shouldSayWhichNameIsUnknownAndWhichPortIsNone() {
        SeedSource source = new DnsSeeds("chat.internal", 4040, name -> {
            throw new UnknownHostException(name);
        });
        assertEquals("unknown host \"chat.internal\"",
                assertThrows(IOException.class, source::seeds).getMessage());
        assertThrows(IllegalArgumentException.class, () -> SeedSource.dns("chat.internal", 0));
        assertThrows(IllegalArgumentException.class, () -> SeedSource.dns("chat.internal", 65_536));
        assertThrows(NullPointerException.class, () -> SeedSource.dns(null, 1));
    }

    @Test
    void shouldReadAFileAgainOnlyWhenItHasChanged() throws Exception {
        Path file = folder.resolve("seeds");
        SeedSource source = SeedSource.file(file);
        assertEquals(List.of(), source.seeds(), "no file, no seeds yet");
        Files.writeString(file, "one:1\n\n  # all of them\ntwo:2   # the second\none:1\n");
        List<String> first = source.seeds();
        assertEquals(List.of("one:1", "two:2"), first);
        assertSame(first, source.seeds());
        Files.writeString(file, "six:6\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() + 2_000));
        assertEquals(List.of("six:6"), source.seeds());
        Files.delete(file);
        assertEquals(List.of(), source.seeds());
        Files.write(file, new byte[(1 << 20) + 1]);
        assertThrows(IOException.class, source::seeds);
    }
}
