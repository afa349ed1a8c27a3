package io.messageport.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.testkit.ForkedNode;
import io.messageport.testkit.TestNodes;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The programs that no demo plays, as processes. */
class ProgramsTest {
    @AutoClose
    private final TestNodes nodes = new TestNodes();

    @Test
    @Tag("MON-9")
    void shouldPrintTheTimeWhenTheSenderKnowsOnlyTheReceiversAddress() {
        ForkedNode receiver = nodes.fork(Receiver.class, "--until-eof");
        String[] ready = receiver.awaitLine("ready ").split(" ");
        ForkedNode sender = nodes.fork(Sender.class, "--seed", ready[1]);
        sender.awaitLine("sent to " + ready[0] + "#receiver");
        assertTrue(receiver.awaitLine("Received data: ").matches("\\d+-\\d+-\\d+T.*Z"));
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
