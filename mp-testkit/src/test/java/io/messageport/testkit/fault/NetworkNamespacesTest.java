package io.messageport.testkit.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.NodeConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NetworkNamespacesTest {
    @Test
    @Tag("MON-4")
    @Tag("CON-4")
    @Tag("T-22")
    @Tag("T-23")
    void shouldReportDownOnBothSidesWhenTheKernelDropsAllPacketsOrThoseOfOneSideAndTalkAgainWhenHealed()
            throws IOException {
        try (NetworkNamespaces network = NetworkNamespaces.orSkip()) {
            String there = network.add("a");
            String here = network.add("b");
            try (Place a = new Place(network.command("a"), "a", there, "b");
                    Place b = new Place(network.command("b"), "b", here, "a", there + ":4040")) {
                a.await("alive");
                b.await("alive");
                network.isolate("b");
                a.await("down transport_error");
                b.await("down transport_error");
                network.heal();
                a.await("alive");
                b.await("alive");
                // Only one of them has reason to complain; the other hears of it or guesses.
                network.mute("a", "b");
                a.await("down transport_error");
                b.await("down transport_error");
                network.heal();
                a.await("alive");
                b.await("alive");
            }
        }
    }

    /** A process in its namespace. */
    private static final class Place implements AutoCloseable {
        private final Process process;
        private final BufferedReader said;

        Place(List<String> under, String... args) throws IOException {
            List<String> command = new ArrayList<>(under);
            command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-cp",
                    System.getProperty("java.class.path"), Pinging.class.getName()));
            command.addAll(List.of(args));
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put(NodeConfig.SECRET_VARIABLE, "of this test alone");
            process = builder.start();
            said = process.inputReader();
        }

        /** The next thing it says must begin like this; the test's timeout is the deadline. */
        void await(String start) throws IOException {
            String line = said.readLine();
            while (line != null && (!line.startsWith("@") || line.equals("@ready"))) {
                line = said.readLine();
            }
            String heard = line;
            assertTrue(heard != null && heard.startsWith("@" + start),
                    () -> "waited for " + start + ", heard " + heard);
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    @Test
    void shouldLeaveNothingBehindAndRefuseWhatIsNoPlace() {
        NetworkNamespaces network = NetworkNamespaces.orSkip();
        String first = network.add("x");
        assertThrows(IllegalArgumentException.class, () -> network.add("x"));
        assertThrows(IllegalArgumentException.class, () -> network.command("y"));
        network.close();
        network.close();
        // Everything has the names and addresses of before, so nothing of it may be left.
        try (NetworkNamespaces again = NetworkNamespaces.orSkip()) {
            assertEquals(first, again.add("x"));
            again.partition(List.of(List.of("x")));
            again.heal();
        }
    }
}
