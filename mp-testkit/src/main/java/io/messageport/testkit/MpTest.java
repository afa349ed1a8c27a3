package io.messageport.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test with nodes of its own, which are closed and checked for leaks at its end.
 *
 * <pre>{@code
 * @MpTest(nodes = 3)
 * void shouldTellEverybody(Node a, Node b, @At("c") Probe ear) { ... }
 * }</pre>
 *
 * <p>On a method it takes the place of {@code @Test}. On a class it gives nodes to each of its tests, whatever kind they
 * are; an annotation on a method then goes before that of its class. Parameters of tests, of {@code @BeforeEach} and
 * {@code @AfterEach} methods and of the constructor are filled by type, so that a record makes a short test class:
 *
 * <pre>{@code
 * @MpTest(nodes = 2)
 * record ChatTest(Node a, Node b, Probe probe) {
 *     @Test
 *     void shouldAnswer() { ... }
 * }
 * }</pre>
 *
 * <table>
 * <caption>Types of parameters</caption>
 * <tr><td>{@code Node}</td><td>the next node of this method or constructor, in the order of the parameters; with {@link
 *     At} the one with that ID</td></tr>
 * <tr><td>{@code Node[]}, {@code List<Node>}</td><td>all of them</td></tr>
 * <tr><td>{@code Probe}</td><td>a probe of its own, on the first node or the one that {@link At} names</td></tr>
 * <tr><td>{@code TestNodes}</td><td>the means to start more nodes, and other JVMs; they are closed with the others</td></tr>
 * <tr><td>{@link io.messageport.testkit.fault.FaultyNetwork}</td><td>what breaks the network, where {@link #over} names one
 *     that breaks; also as the {@code ProxyNet} or the {@code MemoryNetwork} it is</td></tr>
 * <tr><td>{@code LeakCheck}</td><td>the check at the end, to {@link LeakCheck#watch} nodes that outlive the test</td></tr>
 * </table>
 *
 * <p>The nodes have a random secret and, {@link #over} sockets, free ports of loopback; each is connected to each before
 * the first parameter is filled. When the test is over, its ports are asked to end and the nodes are closed; what is left
 * then fails the test, as {@link LeakCheck} says.
 *
 * <p>That check counts the threads and sockets of the whole JVM, so no other test may run at the same time: with JUnit's
 * parallel execution switched on, a class needs {@code @Isolated}, or {@code leakCheck = false}, and the test fails
 * without.
 */
@Documented
@ExtendWith(MpExtension.class)
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Test
public @interface MpTest {
    /** How many nodes, 0 to 26; their IDs are {@code a}, {@code b}, {@code c} and so on. */
    int nodes() default 1;

    /** The IDs of the nodes, in place of {@link #nodes}. */
    String[] ids() default {};

    /** What joins the nodes. */
    Over over() default Over.SOCKETS;

    /** What the nodes are configured with: at most one class, with a constructor without parameters. */
    Class<? extends NodeSettings>[] settings() default {};

    /** Whether the test fails when it leaves something behind. */
    boolean leakCheck() default true;

    /** How long what is left has to go away by itself, in milliseconds. */
    int patienceMillis() default 5_000;

    /** Beginnings of names of threads that may stay: those of pools that other libraries keep. */
    String[] ignoredThreads() default {};
}
