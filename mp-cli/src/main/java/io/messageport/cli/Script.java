package io.messageport.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A demo's script, step by step; what the steps mean is told at the top of {@code chat.demo}. Pure. */
record Script(List<Step> steps) {
    private static final Pattern LINE = Pattern.compile("(\\w+) (is|says|sees|leaves)(?: (.*))?|(kill|restart) (\\w+)");

    /** One thing that is done, or must be seen. */
    sealed interface Step {
        /** A remark for the reader. */
        record Remark(String text) implements Step {}

        record Start(String name, String program) implements Step {}

        record Says(String name, String text) implements Step {}

        record Sees(String name, String text) implements Step {}

        record Kill(String name) implements Step {}

        record Restart(String name) implements Step {}

        record Leaves(String name) implements Step {}
    }

    /**
     * Reads a script.
     *
     * @throws IllegalArgumentException naming the line that is not a step
     */
    static Script parse(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                steps.add(step(line, i + 1));
            }
        }
        return new Script(List.copyOf(steps));
    }

    private static Step step(String line, int number) {
        if (line.startsWith("= ")) {
            return new Step.Remark(line.substring(2));
        }
        Matcher words = LINE.matcher(line);
        if (!words.matches() || words.group(2) != null && words.group(2).equals("leaves") != (words.group(3) == null)) {
            throw new IllegalArgumentException("line " + number + " of the script is not a step: " + line);
        }
        if (words.group(4) != null) {
            return words.group(4).equals("kill") ? new Step.Kill(words.group(5)) : new Step.Restart(words.group(5));
        }
        String name = words.group(1);
        return switch (words.group(2)) {
            case "is" -> new Step.Start(name, words.group(3));
            case "says" -> new Step.Says(name, words.group(3));
            case "sees" -> new Step.Sees(name, words.group(3));
            default -> new Step.Leaves(name);
        };
    }
}
