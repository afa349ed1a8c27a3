package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.runtime.NodeStarter;
import io.messageport.transport.SocketTransportProvider;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No clock that somebody may set plays a part: no class of ours asks for the time of day, so that setting it, forwards or
 * backwards, changes no timer and no verdict on a peer.
 */
@Tag("T-27")
@Tag("AFT-1")
class WallClockTest {
    /** What tells the time of day, or waits for one. */
    private static final Predicate<String> WALL_CLOCK = Pattern.compile("java/lang/System\\.currentTimeMillis.*"
            + "|java/time/(Instant|LocalDate|LocalTime|LocalDateTime|ZonedDateTime|OffsetDateTime|OffsetTime|Year"
            + "|YearMonth|MonthDay)\\.now.*"
            + "|java/time/(InstantSource|Clock)\\.(system|tick).*"
            + "|java/util/Date\\.<init>\\(\\)V|java/util/(Gregorian)?Calendar\\.(getInstance|<init>).*"
            + "|java/util/Timer\\..*|java/util/concurrent/locks/(LockSupport\\.parkUntil|Condition\\.awaitUntil).*"
            + "|java/lang/(ProcessHandle\\$Info|management/RuntimeMXBean)\\.start.*")
            .asMatchPredicate();

    /** Classes that may ask for it, for people to read. */
    private static final Set<String> ALLOWED =
            // The days from and to which a certificate holds.
            Set.of("io/messageport/transport/tls/SelfSigned.class");

    @Test
    void shouldNotAskForTheTimeOfDayAnywhere() throws Exception {
        Set<String> found = new TreeSet<>();
        int classes = 0;
        for (Class<?> ofModule : List.of(Node.class, NodeStarter.class, SocketTransportProvider.class,
                TestNodes.class)) {
            for (Map.Entry<String, List<String>> one : calls(ofModule).entrySet()) {
                classes++;
                one.getValue().stream().filter(WALL_CLOCK).filter(call -> !ALLOWED.contains(one.getKey()))
                        .forEach(call -> found.add(one.getKey() + " calls " + call));
            }
        }
        assertTrue(classes > 300, "only " + classes + " classes found");
        assertEquals(Set.of(), found);
    }

    @Test
    void shouldFindTheTimeOfDayWhereItIsAsked() throws Exception {
        long unused =
                System.currentTimeMillis() + Instant.now().getEpochSecond() + new GregorianCalendar().getTimeInMillis();
        List<String> own = calls(WallClockTest.class).get("io/messageport/testkit/WallClockTest.class");
        assertEquals(List.of("java/lang/System.currentTimeMillis()J", "java/time/Instant.now()Ljava/time/Instant;",
                "java/util/GregorianCalendar.<init>()V"), own.stream().filter(WALL_CLOCK).sorted().toList());
    }

    /** Of each class beside this one, in its directory or jar, the methods it refers to. */
    private static Map<String, List<String>> calls(Class<?> one) throws Exception {
        URI place = one.getProtectionDomain().getCodeSource().getLocation().toURI();
        if (Files.isDirectory(Path.of(place))) {
            return calls(Path.of(place));
        }
        try (FileSystem jar = FileSystems.newFileSystem(Path.of(place))) {
            return calls(jar.getPath("/"));
        }
    }

    private static Map<String, List<String>> calls(Path root) throws IOException {
        Map<String, List<String>> calls = new java.util.TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                calls.put(root.relativize(file).toString(), methodsOf(file));
            }
        }
        return calls;
    }

    /** The method references of a class file's constant pool, chapter 4.4 of the JVM specification. */
    private static List<String> methodsOf(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(raw))) {
            assertEquals(0xCAFEBABE, in.readInt());
            in.readInt();
            int count = in.readUnsignedShort();
            Object[] pool = new Object[count];
            for (int i = 1; i < count; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> pool[i] = in.readUTF();
                    case 3, 4 -> in.readInt();
                    case 5, 6 -> {
                        in.readLong();
                        i++;
                    }
                    case 7, 8, 16, 19, 20 -> pool[i] = new int[] {tag, in.readUnsignedShort()};
                    case 9, 10, 11, 12, 17, 18 ->
                            pool[i] = new int[] {tag, in.readUnsignedShort(), in.readUnsignedShort()};
                    case 15 -> {
                        in.readUnsignedByte();
                        in.readUnsignedShort();
                    }
                    default -> throw new IOException(file + ": constant of kind " + tag);
                }
            }
            return methods(pool);
        }
    }

    private static List<String> methods(Object[] pool) {
        List<String> methods = new ArrayList<>();
        for (Object constant : pool) {
            if (constant instanceof int[] reference && (reference[0] == 10 || reference[0] == 11)) {
                Object owner = pool[((int[]) pool[reference[1]])[1]];
                int[] nameAndType = (int[]) pool[reference[2]];
                methods.add(owner + "." + pool[nameAndType[1]] + pool[nameAndType[2]]);
            }
        }
        return methods;
    }
}
