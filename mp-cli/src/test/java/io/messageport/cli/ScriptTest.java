package io.messageport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.messageport.cli.Script.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {
    @Test
    void shouldReadEveryKindOfStep() {
        List<Step> steps = Script.parse(List.of("# comment", "", "= Now look", "a is chat-client", "a says hi: # you",
                "  a sees * is", "kill a", "restart a", "a leaves"))
                .steps();
        assertEquals(
                List.of(
                        new Step.Remark("Now look"),
                        new Step.Start("a", "chat-client"),
                        new Step.Says("a", "hi: # you"),
                        new Step.Sees("a", "* is"),
                        new Step.Kill("a"),
                        new Step.Restart("a"),
                        new Step.Leaves("a")),
                steps);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a does x", "a says", "a leaves now", "kill", "kill a b", "=x"})
    void shouldNameTheLineWhenItIsNoStep(String line) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Script.parse(List.of("# first", line)));
        assertEquals("line 2 of the script is not a step: " + line, refusal.getMessage());
    }
}
