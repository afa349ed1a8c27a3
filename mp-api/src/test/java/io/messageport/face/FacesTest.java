package io.messageport.face;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.messageport.NodeConfig;
import java.lang.StackWalker.Option;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Faces with codecs of their own beside the common ones, and what a message costs once a face is derived. */
class FacesTest {
    /** Of a type without a common codec. */
    record Money(long cents) {}

    record Bill(String item, Money total) {}

    record Price(BigDecimal amount) {}

    record Anything(Object value) {}

    sealed interface Step {
        record Pay(Money total) implements Step {}
    }

    /** Notes which calls by reflection lead from the test to its constructor and its accessor. */
    record Watched(String text) {
        static final List<String> REFLECTIVE = new ArrayList<>();
        static int looks;

        Watched {
            look();
        }

        @Override
        public String text() {
            look();
            return text;
        }

        private static void look() {
            looks++;
            StackWalker.getInstance(Option.SHOW_REFLECT_FRAMES).walk(frames -> {
                frames.map(frame -> frame.getClassName() + "." + frame.getMethodName())
                        .takeWhile(name -> !name.startsWith(FacesTest.class.getName() + "."))
                        .filter(name -> name.contains("reflect"))
                        .forEach(REFLECTIVE::add);
                return null;
            });
        }
    }

    private static final class Counting<T> implements ValueCodec<T> {
        private final Class<T> type;
        private final Function<T, Object> there;
        private final Function<Object, T> back;
        private int asked;
        private int written;
        private int read;

        Counting(Class<T> type, Function<T, Object> there, Function<Object, T> back) {
            this.type = type;
            this.there = there;
            this.back = back;
        }

        @Override
        public Class<T> type() {
            asked++;
            return type;
        }

        @Override
        public Object toValue(T value) {
            written++;
            return there.apply(value);
        }

        @Override
        public T fromValue(Object value) {
            read++;
            return back.apply(value);
        }
    }

    private static Counting<Money> cents() {
        return new Counting<>(Money.class, Money::cents, value -> new Money(((Number) value).longValue()));
    }

    private static Counting<Money> text() {
        return new Counting<>(
                Money.class, money -> money.cents() + " ct",
                value -> new Money(Long.parseLong(((String) value).split(" ")[0])));
    }

    @Test
    void shouldDeriveOnceHoweverManyMessagesAreConverted() {
        Counting<Money> codec = cents();
        Faces faces = Faces.with(List.of(codec));
        Face<Bill> face = faces.of(Bill.class);
        Object[] values = face.toValues(new Bill("tea", new Money(5)));
        int asked = codec.asked;
        for (int i = 0; i < 1000; i++) {
            assertSame(face, faces.of(Bill.class));
            assertArrayEquals(values, faces.tagged(new Bill("tea", new Money(5))));
            assertEquals(new Bill("tea", new Money(5)), face.fromValues(values, 0));
        }
        assertEquals(asked, codec.asked, "each derivation asks for the codec's type");
        assertEquals(1001, codec.written);
        assertEquals(1000, codec.read);
        assertSame(Face.of(Watched.class), Face.of(Watched.class));
    }

    @Test
    void shouldMeetNoReflectionWhenAMessageIsConverted() throws Exception {
        Face<Watched> face = Face.of(Watched.class);
        Watched.looks = 0;
        Watched.REFLECTIVE.clear();
        Object[] values = face.toValues(face.fromValues(new Object[] {"watched", "x"}, 0));
        assertArrayEquals(new Object[] {"watched", "x"}, values);
        assertEquals(2, Watched.looks);
        assertEquals(List.of(), Watched.REFLECTIVE);
        Object unused =
                Watched.class.getDeclaredConstructor(String.class).newInstance("to prove that it would be seen");
        assertTrue(Watched.REFLECTIVE.contains("java.lang.reflect.Constructor.newInstance"));
    }

    @Test
    void shouldNotDisturbEachOtherWhenTwoNodesHaveCodecsForOneType() {
        Faces first = NodeConfig.builder().codec(cents()).build().faces();
        Faces second = NodeConfig.builder().codec(text()).build().faces();
        Bill bill = new Bill("tea", new Money(250));
        Object[] byFirst = {"bill", "tea", 250L};
        Object[] bySecond = {"bill", "tea", "250 ct"};
        Object[] common = {"bill", "tea", List.of(250L)};
        for (int i = 0; i < 2; i++) {
            assertArrayEquals(byFirst, first.tagged(bill));
            assertArrayEquals(bySecond, second.tagged(bill));
            assertArrayEquals(common, Face.tagged(bill));
        }
        assertEquals(bill, first.of(Bill.class).fromValues(byFirst, 0));
        assertEquals(bill, second.of(Bill.class).fromValues(bySecond, 0));
        assertEquals(bill, Face.of(Bill.class).fromValues(common, 0));
        assertNotSame(first.of(Bill.class), second.of(Bill.class));
    }

    @Test
    void shouldApplyOwnCodecsWhereverAValueStands() {
        Faces faces = Faces.with(List.of(text()));
        Money money = new Money(3);
        assertArrayEquals(new Object[] {"anything", "3 ct"}, faces.tagged(new Anything(money)));
        assertArrayEquals(new Object[] {"anything", List.of("3 ct")}, faces.tagged(new Anything(List.of(money))));
        assertEquals(List.of("bill", "tea", "3 ct"), faces.plain(new Bill("tea", money)));
        assertEquals("3 ct", faces.coded(money));
        assertEquals(money, faces.convert("3 ct", Money.class, "argument 0"));
        assertEquals(new Step.Pay(money), faces.of(Step.class).fromValues(new Object[] {"pay", "3 ct"}, 0));
        record Label(String text) {}
        assertEquals(new Label("3 ct"), faces.of(Label.class).fromValues(new Object[] {"label", money}, 0));
        assertSame("x", faces.coded("x"));
    }

    @Test
    void shouldGoBeforeTheCodecThatServiceLoaderFinds() {
        Counting<BigDecimal> whole =
                new Counting<>(BigDecimal.class, BigDecimal::longValueExact, value -> new BigDecimal((Long) value));
        Faces faces = Faces.with(List.of(whole));
        assertArrayEquals(new Object[] {"price", 7L}, faces.tagged(new Price(new BigDecimal(7))));
        assertArrayEquals(new Object[] {"price", "7"}, Face.tagged(new Price(new BigDecimal(7))));
        assertEquals(7L, faces.coded(new BigDecimal(7)));
    }

    @Test
    void shouldBeTheCommonOnesWhenThereIsNoCodec() {
        assertSame(Faces.common(), Faces.with(List.of()));
        assertSame(Faces.common(), NodeConfig.builder().build().faces());
        assertEquals("common faces", Faces.common().toString());
        assertEquals("faces with 1 codec(s) of their own", Faces.with(List.of(cents())).toString());
    }

    @Test
    void shouldRefuseCodecsThatNobodyWouldAskOrThatFight() {
        NodeConfig.Builder twice = NodeConfig.builder().codec(cents()).codec(text());
        String counting = Counting.class.getName();
        assertEquals(
                "two codecs for " + Money.class.getName() + ": " + counting + " and " + counting + "; keep one",
                assertThrows(IllegalArgumentException.class, twice::build).getMessage());
        NodeConfig.Builder useless =
                NodeConfig.builder().codec(new Counting<>(String.class, s -> s, value -> (String) value));
        assertEquals(
                "the codec " + counting + " is for java.lang.String, which messages carry as it is, so nobody would ask"
                        + " it: wrap the value in a type of your own",
                assertThrows(IllegalArgumentException.class, useless::build).getMessage());
        assertEquals("codec",
                assertThrows(NullPointerException.class, () -> NodeConfig.builder().codec(null)).getMessage());
    }

    @Test
    void shouldTellTheTagWithoutAFace() {
        record Stuck(Thread thread) {}
        assertEquals("stuck", Face.tagOf(Stuck.class));
        assertThrows(IllegalArgumentException.class, () -> Face.of(Stuck.class));
    }
}
