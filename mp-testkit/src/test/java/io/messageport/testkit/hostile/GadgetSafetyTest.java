// checkstyle:off NoSerialization  the canary is what an attacker would send

package io.messageport.testkit.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import io.messageport.Port;
import io.messageport.testkit.MpTest;
import io.messageport.testkit.Probe;
import io.messageport.testkit.TestNodes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No bytes from the network become objects of a class they name. */
@MpTest(ids = "victim")
@Tag("T-7")
record GadgetSafetyTest(TestNodes nodes, Node victim, Probe probe) {
    private static final AtomicInteger FIRED = new AtomicInteger();

    /** What an attacker hopes to find on the class path. */
    static final class Canary implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            FIRED.incrementAndGet();
        }
    }

    /** Would run when its class is initialised. */
    static final class Initialised {
        static {
            FIRED.incrementAndGet();
        }

        Initialised() {}
    }

    private static byte[] serialized() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Canary());
        }
        return bytes.toByteArray();
    }

    @Test
    void shouldNotTurnBytesIntoObjectsWhereverTheyAreSent() throws Exception {
        byte[] payload = serialized();
        String text = new String(payload, StandardCharsets.ISO_8859_1);
        String name = Initialised.class.getName();
        strangers(payload);
        Port sink = victim.port("sink", port -> port.otherwise(m -> port.send(probe.id(), "got", m.size())));
        try (Intruder intruder = new Intruder(victim, nodes.secret())) {
            for (Object value : List.of(payload, text, name, Map.of("@class", name, "@type", name),
                    List.of(name, payload))) {
                assertTrue(intruder.link().send("sink", new Object[] {"gadget", value}));
                assertEquals(2, probe.expect("got").intValue(0));
                assertTrue(intruder.say("spw", "~x1", name, List.of(value)));
                assertTrue(intruder.say("spw", "~x2", name + "::readObject", List.of(value)));
                assertTrue(intruder.say("kil", "no-such-port", value));
                assertTrue(intruder.say("kil0", "no-such-port", value));
            }
            assertTrue(intruder.say("find", victim.id()));
            String unused = intruder.heard("at victim");
        }
        assertTrue(sink.isAlive());
        assertEquals(0, FIRED.get(), "a canary sang");
    }

    /** Instead of the handshake, and as its lines. */
    private void strangers(byte[] payload) throws IOException {
        URI address = URI.create("tcp://" + victim.addresses().getFirst());
        for (boolean line : new boolean[] {false, true}) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
                socket.getOutputStream().write(payload);
                if (line) {
                    socket.getOutputStream().write('\n');
                }
                socket.shutdownOutput();
                byte[] unused = socket.getInputStream().readAllBytes();
            } catch (IOException refused) {
                assertFalse(refused.getMessage().isEmpty());
            }
        }
    }

    @Test
    void shouldHaveACanaryThatWouldSing() throws Exception {
        int before = FIRED.get();
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(serialized()))) {
            Object unused = in.readObject();
        }
        assertEquals(before + 1, FIRED.getAndSet(before));
    }

    @Test
    void shouldReadNoObjectsAndLoadClassesByNameOnlyWhereItIsMeant() throws Exception {
        Map<String, Set<String>> allowed = Map.of(
                "java/io/ObjectInputStream", Set.of(),
                "readUnshared", Set.of(),
                "java/beans/XMLDecoder", Set.of(),
                "defineClass", Set.of(),
                // Looks at annotations, and initialises only what is granted (SPN-4).
                "forName", Set.of("io/messageport/runtime/spawn/SpawnResolver"),
                "loadClass", Set.of(),
                "findClass", Set.of());
        Map<String, byte[]> classes = new java.util.TreeMap<>();
        for (Class<?> of : List.of(Node.class, io.messageport.runtime.link.Link.class,
                io.messageport.transport.SocketTransportProvider.class)) {
            read(Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI()), classes);
        }
        assertTrue(classes.size() > 300, () -> "only " + classes.size() + " classes found");
        allowed.forEach((word, where) -> {
            Set<String> found = new TreeSet<>();
            classes.forEach((name, bytes) -> {
                if (names(bytes, word)) {
                    found.add(name);
                }
            });
            assertEquals(where, found, word);
        });
    }

    private static void read(Path from, Map<String, byte[]> into) throws IOException {
        if (Files.isDirectory(from)) {
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                    String name = from.relativize(file).toString();
                    into.put(name.substring(0, name.length() - ".class".length()), Files.readAllBytes(file));
                }
            }
            return;
        }
        try (JarFile jar = new JarFile(from.toFile())) {
            for (var entry : jar.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
                try (InputStream in = jar.getInputStream(entry)) {
                    into.put(entry.getName().substring(0, entry.getName().length() - ".class".length()),
                            in.readAllBytes());
                }
            }
        }
    }

    /** Whether the constant pool of a class has this as a whole entry: its length in two bytes, then its text. */
    private static boolean names(byte[] bytes, String word) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.contains("\u0001\u0000" + (char) word.length() + word);
    }
}
