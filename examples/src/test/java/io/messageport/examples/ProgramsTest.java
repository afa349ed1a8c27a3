package io.messageport.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.testkit.ForkedNode;
import io.messageport.testkit.TestNodes;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The programs that no demo plays, as processes. */
class ProgramsTest {
    @AutoClose
    private final TestNodes nodes = new TestNodes();

    @Test
    @Timeout(120)
    @Tag("DB-1")
    @Tag("DB-4")
    @Tag("DB-6")
    @Tag("SEED-1")
    void shouldFindEachOtherThroughOneSeedInWhateverOrderTheyCome() {
        ForkedNode seed = nodes.fork(Seed.class, "--until-eof");
        String address = seed.awaitLine("ready ").split(" ")[1];
        ForkedNode early = nodes.fork(Sender.class, "--seed", address);
        early.awaitLine("ready ");
        Started first = receiver(address);
        Started second = receiver(address);
        ForkedNode late = nodes.fork(Sender.class, "--seed", address);
        for (Started receiver : List.of(first, second)) {
            assertTrue(receiver.node.awaitLine("Received data: ").matches("\\d+-\\d+-\\d+T.*Z"));
            receiver.node.awaitLine("Received data: ");
        }
        early.awaitLine("sent to eg_receiver/");
        early.awaitLine("sent to eg_receiver/");
        late.awaitLine("sent to eg_receiver/");
        late.awaitLine("sent to eg_receiver/");
        first.node.kill9();
        reachedBy(List.of(early, late), receiver(address));
        seed.kill9();
        ForkedNode again = nodes.fork(Seed.class, "--until-eof", "--bind", address);
        again.awaitLine("ready ");
        reachedBy(List.of(early, late), receiver(address));
    }

    /** A receiver, and the ID of its node. */
    private record Started(ForkedNode node, String id) {}

    private Started receiver(String seed) {
        ForkedNode receiver = nodes.fork(Receiver.class, "--until-eof", "--seed", seed);
        return new Started(receiver, receiver.awaitLine("ready ").split(" ")[0]);
    }

    /** All of these senders have sent to it, and it has received what they sent. */
    private static void reachedBy(List<ForkedNode> senders, Started receiver) {
        for (ForkedNode sender : senders) {
            sender.awaitLine("sent to " + receiver.id + "#");
            receiver.node.awaitLine("Received data: ");
        }
    }

    @Test
    void shouldGreetWhenTheProgramOfTheReadmeRuns() {
        ForkedNode hello = nodes.fork(Hello.class);
        hello.awaitLine("Hello, world!");
        hello.awaitLine("The greeter is gone: enough: greeted");
    }

    @Test
    void shouldSayWhatIsMissingWhenTheCommandLineIsIncomplete() {
        nodes.fork(Sender.class).awaitLine("give the address of a running node: --seed HOST:PORT");
        nodes.fork(ChatClient.class, "--seed", "127.0.0.1:1").awaitLine("missing on the command line: your nick");
        nodes.fork(Receiver.class, "--bind").awaitLine("--bind needs a value");
        nodes.fork(Receiver.class, "--bnid").awaitLine("unknown option --bnid");
    }
}
