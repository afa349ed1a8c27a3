package io.messageport.cli.chaos;

import java.util.List;

/** The run shows that something does not hold; the text is for the person at the terminal. */
final class ChaosFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChaosFailure(String text) {
        super(text);
    }

    /** With so many of these lines as a person can read. */
    static ChaosFailure of(String what, List<?> lines) {
        int shown = Math.min(lines.size(), 10);
        StringBuilder text = new StringBuilder(what);
        lines.subList(0, shown).forEach(line -> text.append("\n  ").append(line));
        return new ChaosFailure(text.append(shown < lines.size() ? "\n  …" : "").toString());
    }
}
