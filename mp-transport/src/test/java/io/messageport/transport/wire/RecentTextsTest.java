package io.messageport.transport.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that come again are given out again, and are never taken for one another. */
class RecentTextsTest {
    private final RecentTexts texts = new RecentTexts();

    private String at(String text) {
        byte[] bytes = ("#" + text + "#").getBytes(StandardCharsets.UTF_8);
        return texts.at(bytes, 1, bytes.length - 2);
    }

    @Test
    void shouldGiveTheSameTextAgainWhenItComesAgain() {
        String first = at("trade");
        assertEquals("trade", first);
        assertSame(first, at("trade"));
        assertSame(at(""), at(""));
    }

    /** "Aa" and "BB" have one hash code, and so have all texts made of them. */
    @Test
    void shouldTellTextsApartWhenTheirHashCodesAreTheSame() {
        assertEquals("AaAa", at("AaAa"));
        assertEquals("BBBB", at("BBBB"));
        assertEquals("AaBB", at("AaBB"));
        assertEquals("\0", at("\0"));
        assertEquals("", at(""));
        assertEquals("\0\0", at("\0\0"));
    }

    @Test
    void shouldGiveEachTextAsItIsWhenThereAreMoreThanItKeeps() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(RecentTexts.LONGEST + 1); length > 0; length--) {
                text.append((char) (random.nextInt(10) == 0 ? random.nextInt(0x80) : 'a' + random.nextInt(2)));
            }
            assertEquals(text.toString(), at(text.toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0080", "caf\u00e9", "a\u20acb", "\ud83d\ude00"})
    void shouldLeaveTextAloneWhenItIsNotAscii(String text) {
        assertNull(at(text));
    }

    @Test
    void shouldReadAndWriteTextsOfEveryLengthAroundTheLimits() throws WireException {
        for (int length = 0; length <= 70; length++) {
            String ascii = "x".repeat(length);
            assertEquals(ascii, Vectors.decode(Vectors.encode(ascii)));
            String other = ascii + "\u00e9";
            assertEquals(other, Vectors.decode(Vectors.encode(other)));
            assertEquals("\u20ac" + ascii, Vectors.decode(Vectors.encode("\u20ac" + ascii)));
        }
    }

    /** What one connection said must not be kept alive, or told, by another. */
    @Test
    void shouldKeepTheTextsOfEachConnectionApart() throws WireException {
        byte[] bytes = Vectors.encode("trade");
        assertNotSame(Vectors.decode(bytes), Vectors.decode(bytes));
    }
}
