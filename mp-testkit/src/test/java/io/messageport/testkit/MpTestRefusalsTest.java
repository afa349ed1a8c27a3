package io.messageport.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.Node;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;

/** What {@link MpTest} does not do, and says so. */
class MpTestRefusalsTest {
    private static final Map<String, String> PARALLEL = Map.of("junit.jupiter.execution.parallel.enabled", "true");

    @MpTest
    static final class BeforeAllTests {
        @BeforeAll
        static void before(Node a) {}

        @Test
        void shouldNotRun() {}
    }

    @MpTest
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static final class OneInstance {
        OneInstance(Node a) {}

        @Test
        void shouldNotRun() {}
    }

    static final class TooFew {
        @MpTest(nodes = 1)
        void shouldNotRun(Node a, Node b) {}

        @MpTest(nodes = 27)
        void shouldNotRunEither(Node a) {}
    }

    @Test
    void shouldSayWhatIsWrongWithTheUseOfNodes() {
        String once = "the nodes of @MpTest live as long as one test: take them in a test, in @BeforeEach, or in the"
                + " constructor of a class with an instance for each test";
        assertTrue(InnerTests.run(BeforeAllTests.class).failure().contains(once));
        assertTrue(InnerTests.run(OneInstance.class).failure().contains(once));
        InnerTests few = InnerTests.run(TooFew.class);
        assertEquals(0, few.passed());
        List<String> texts = few.failures().stream().map(Throwable::getMessage).sorted().toList();
        assertTrue(texts.get(0).contains("@MpTest(nodes = 27): have 0 to 26 nodes, or name them with ids"),
                texts::toString);
        assertTrue(texts.get(1).contains("node number 2 is asked for, and there are 1: say @MpTest(nodes = 2)"),
                texts::toString);
    }

    @MpTest
    static final class Beside {
        @Test
        void shouldNotRunBesideOthers() {}
    }

    @Isolated
    @MpTest
    static final class Alone {
        @Test
        void shouldRunAlone(Node a) {}
    }

    @Test
    void shouldRefuseToRunBesideOtherTests() {
        String text = InnerTests.run(Beside.class, PARALLEL).failure();
        assertTrue(text.contains("mark Beside with @Isolated, or set leakCheck = false"), text);
        assertEquals(new InnerTests(1, List.of()), InnerTests.run(Alone.class, PARALLEL));
    }
}
