package io.messageport.face;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.messageport.MessageMismatchException;
import io.messageport.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which types have a face, under which tags, and how nested types appear in the list. */
class FaceShapeTest {
    private record Say(String text, int times) {}

    private record Ping() {}

    private record URL(String text) {}

    @Tag("greet-1.0")
    private record Greeting(String text) {}

    @Tag("")
    private record Nameless() {}

    private record Author(String name, List<String> nicks) {}

    private record Book(String title, Author author) {}

    private sealed interface Figure {}

    private record Circle(double radius) implements Figure {}

    private sealed interface Angular extends Figure {}

    private record Square(double side) implements Angular {}

    @Tag("rect")
    private record Rectangle(double width, double height) implements Angular, Labelled {}

    private sealed interface Labelled extends Figure {}

    private record Drawing(Figure first, List<Figure> rest) {}

    private record Tree(int value, List<Tree> children) {}

    private record Chain(String link, Chain next) {}

    private sealed interface Clash {}

    private record One() implements Clash {}

    @Tag("one")
    private record Two() implements Clash {}

    private sealed interface Open {}

    private enum Constant implements Open {
        A
    }

    private record Held(Thread thread) {}

    private record Inner(List<Thread> threads) {}

    private record Outer(Inner inner) {}

    @Test
    @org.junit.jupiter.api.Tag("RCV-3")
    void shouldPutTagFirstAndComponentsInOrder() {
        Face<Say> face = Face.of(Say.class);
        assertEquals("say", face.tag());
        assertEquals(Set.of("say"), face.tags());
        assertArrayEquals(new Object[] {"say", "hello", 3}, face.toValues(new Say("hello", 3)));
        assertEquals(new Say("hello", 3), face.fromValues(new Object[] {"say", "hello", 3L}, 0));
        assertEquals(Say.class, face.type());
        assertEquals("Face of io.messageport.face.FaceShapeTest$Say [say]", face.toString());
    }

    @Test
    void shouldReadFromAnyIndex() {
        Object[] values = {"skipped", 1, "say", "hello", 3};
        assertEquals(new Say("hello", 3), Face.of(Say.class).fromValues(values, 2));
        assertEquals(0, Face.of(Say.class).extra(values, 2));
    }

    @Test
    void shouldTravelAsTagAloneWhenRecordIsEmpty() {
        assertArrayEquals(new Object[] {"ping"}, Face.of(Ping.class).toValues(new Ping()));
        assertEquals(new Ping(), Face.of(Ping.class).fromValues(new Object[] {"ping"}, 0));
    }

    @Test
    void shouldTakeTagFromAnnotationElseFromName() {
        assertEquals("greet-1.0", Face.of(Greeting.class).tag());
        assertEquals("uRL", Face.of(URL.class).tag());
    }

    @Test
    void shouldRefuseEmptyTag() {
        refused(Nameless.class, "the @Tag of io.messageport.face.FaceShapeTest$Nameless is empty");
    }

    @Test
    void shouldNestDeclaredRecordWithoutTag() {
        Book book = new Book("Dune", new Author("Frank", List.of("F", "H")));
        Object[] values = {"book", "Dune", List.of("Frank", List.of("F", "H"))};
        assertArrayEquals(values, Face.of(Book.class).toValues(book));
        assertEquals(book, Face.of(Book.class).fromValues(values, 0));
    }

    @Test
    void shouldReadDeclaredRecordWhenItCarriesItsTagOrIsNoListYet() {
        Author author = new Author("Frank", List.of("F"));
        Book book = new Book("Dune", author);
        Object[] tagged = {"book", "Dune", List.of("author", "Frank", List.of("F"))};
        assertEquals(book, Face.of(Book.class).fromValues(tagged, 0));
        assertEquals(book, Face.of(Book.class).fromValues(new Object[] {"book", "Dune", author}, 0));
        Object overTheNetwork = Face.plain(author);
        assertEquals(book, Face.of(Book.class).fromValues(new Object[] {"book", "Dune", overTheNetwork}, 0));
    }

    @Test
    void shouldNestSealedTypeWithTag() {
        Drawing drawing = new Drawing(new Circle(1), List.of(new Square(2), new Rectangle(3, 4)));
        Object[] values =
                {"drawing", List.of("circle", 1.0), List.of(List.of("square", 2.0), List.of("rect", 3.0, 4.0))};
        assertArrayEquals(values, Face.of(Drawing.class).toValues(drawing));
        assertEquals(drawing, Face.of(Drawing.class).fromValues(values, 0));
    }

    @Test
    @org.junit.jupiter.api.Tag("RCV-3")
    void shouldTellRecordsUnderSealedInterfaceByTag() {
        Face<Figure> face = Face.of(Figure.class);
        assertEquals(List.of("circle", "square", "rect"), List.copyOf(face.tags()));
        assertEquals(new Square(2), face.fromValues(new Object[] {"square", 2.0}, 0));
        assertEquals(new Rectangle(2, 3), face.fromValues(new Object[] {"rect", 2.0, 3.0}, 0));
        assertArrayEquals(new Object[] {"circle", 2.5}, face.toValues(new Circle(2.5)));
        assertEquals(1, face.extra(new Object[] {"square", 2.0, "more"}, 0));
        String text = assertThrows(IllegalStateException.class, face::tag).getMessage();
        assertEquals(
                "io.messageport.face.FaceShapeTest$Figure is a sealed interface with the tags [circle, square, rect]:"
                        + " ask for tags() instead of tag()",
                text);
    }

    @Test
    void shouldConvertTrees() {
        Tree tree = new Tree(1, List.of(new Tree(2, List.of()), new Tree(3, List.of(new Tree(4, List.of())))));
        Object[] values = {
            "tree", 1, List.of(List.of(2, List.of()), List.of(3, List.of(List.of(4, List.of()))))
        };
        assertArrayEquals(values, Face.of(Tree.class).toValues(tree));
        assertEquals(tree, Face.of(Tree.class).fromValues(values, 0));
        Chain chain = new Chain("a", new Chain("b", null));
        assertEquals(chain, Face.of(Chain.class).fromValues(Face.of(Chain.class).toValues(chain), 0));
    }

    @Test
    void shouldRefuseTwoRecordsWithOneTag() {
        refused(
                Clash.class,
                "the records io.messageport.face.FaceShapeTest$One and io.messageport.face.FaceShapeTest$Two under"
                        + " io.messageport.face.FaceShapeTest$Clash have the same tag \"one\": give one of them another"
                        + " with @Tag");
    }

    @Test
    void shouldRefuseWhatIsNoRecord() {
        String only =
                " is neither a record nor a sealed interface of records: only those are the typed face of a message";
        refused(String.class, "java.lang.String" + only);
        refused(int[].class, "int[]" + only);
        refused(Runnable.class, "java.lang.Runnable" + only);
        refused(
                Open.class,
                "io.messageport.face.FaceShapeTest$Constant, permitted by io.messageport.face.FaceShapeTest$Open,"
                        + " is neither a record nor a sealed interface of records");
    }

    @Test
    void shouldRefuseComponentThatNoMessageCanCarry() {
        refused(
                Held.class,
                "component thread (java.lang.Thread) of record io.messageport.face.FaceShapeTest$Held holds a"
                        + " java.lang.Thread, which no message can carry: " + Derivation.WORKS);
        refused(
                Outer.class,
                "component threads (java.util.List<java.lang.Thread>) of record io.messageport.face.FaceShapeTest$Inner"
                        + " holds a java.lang.Thread, which no message can carry: " + Derivation.WORKS);
    }

    @Test
    void shouldSayHowToOpenModuleWhenRecordIsClosed() throws ClassNotFoundException {
        refused(
                Class.forName("jdk.internal.foreign.abi.VMStorage"),
                "cannot access the record jdk.internal.foreign.abi.VMStorage: write \"opens jdk.internal.foreign.abi;\""
                        + " in the module-info of module java.base, or make the record public in an exported package");
    }

    @Test
    void shouldNameTagsWhenMessageHasAnother() {
        mismatch(
                Say.class,
                "the first value should be the tag \"say\", found String \"shout\"; message (shout, x)",
                "shout",
                "x");
        mismatch(
                Figure.class,
                "the first value should be one of the tags \"circle\", \"square\", \"rect\" (Figure), found Integer 7;"
                        + " message (7)",
                7);
        mismatch(Say.class, "the message should start with the tag \"say\", but is empty; message ()");
    }

    @Test
    void shouldDeriveOnceWhenManyThreadsAsk() throws Exception {
        record Fresh(int value, List<Tree> trees) {}
        int threads = 32;
        CountDownLatch ready = new CountDownLatch(threads);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Face<Fresh>>> faces = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Callable<Face<Fresh>> ask = () -> {
                    ready.countDown();
                    ready.await();
                    return Face.of(Fresh.class);
                };
                faces.add(executor.submit(ask));
            }
            for (Future<Face<Fresh>> face : faces) {
                assertSame(Face.of(Fresh.class), face.get(30, TimeUnit.SECONDS));
            }
        }
    }

    private static void refused(Class<?> type, String text) {
        assertEquals(text, assertThrows(IllegalArgumentException.class, () -> Face.of(type)).getMessage());
    }

    private static void mismatch(Class<?> type, String text, Object... values) {
        Face<?> face = Face.of(type);
        assertEquals(
                text,
                assertThrows(MessageMismatchException.class, () -> face.fromValues(values, 0))
                        .getMessage());
        assertEquals(
                text,
                assertThrows(MessageMismatchException.class, () -> face.extra(values, 0))
                        .getMessage());
    }
}
