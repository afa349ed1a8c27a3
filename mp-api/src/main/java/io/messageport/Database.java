package io.messageport;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * What the nodes of a network know together: families of keys with values, each entry owned by the node that set it
 * ({@code DB-2}, {@code DB-3}).
 *
 * <p>An entry lives as long as its owner is connected: when the owner goes, its entries go everywhere ({@code DB-4}). Where
 * several nodes have set one key, every node shows the same of them, the one with the greatest version; deleting it shows
 * the next. All nodes come to agree, none is told when; there are no transactions ({@code DB-9}). The database is for
 * finding ports and for small facts about nodes, not for data.
 *
 * <p>A family is named by a letter and then letters, digits, {@code _} or {@code :}, at most {@value #LONGEST_FAMILY} in
 * all. A key is text of at most {@value #LONGEST_KEY} characters, not empty. A value is null or anything that can stand in
 * a message, at most {@value #LARGEST_VALUE} bytes of it; records are kept as their lists, integers as {@code Long}. What
 * does not fit is an {@link IllegalArgumentException} that says so, and nothing is set.
 *
 * <p>Any thread. On a closed node the verbs throw {@link IllegalStateException}.
 */
public interface Database {
    /**
     * A family that the nodes keep themselves ({@code DB-2}): its keys are the IDs of all nodes of the network, each with
     * the list of the addresses where it tells others that it listens, empty when that is nowhere. It can be read and
     * watched.
     */
    String NODES = "'l";

    /** A family that the nodes keep themselves ({@code DB-2}): its keys are the IDs of the global nodes, without values. */
    String GLOBALS = "'g";

    /** The most characters that the name of a family has. */
    int LONGEST_FAMILY = 128;

    /** The most characters that a key has. */
    int LONGEST_KEY = 512;

    /** The most bytes that a value takes, as estimated from its text, numbers and lists. */
    int LARGEST_VALUE = 65_536;

    /** The most entries that one node owns. */
    int MOST_ENTRIES = 100_000;

    /** The most bytes that the entries of one node take together, as estimated; an entry without a value takes 200. */
    int MOST_BYTES = 64 << 20;

    /** Sets a key of this node's without a value; see {@link #set(String, String, Object)}. */
    default Guard set(String family, String key) {
        return set(family, key, null);
    }

    /**
     * Sets or replaces this node's entry for a key; nobody hears of it when it has that value already ({@code DB-3}).
     *
     * @return deletes the entry, unless it has been set again since ({@code DB-5})
     * @throws IllegalStateException when this node would own more than {@value #MOST_ENTRIES} entries, or {@value
     *     #MOST_BYTES} bytes of them
     */
    Guard set(String family, String key, Object value);

    /**
     * Deletes this node's entry for a key; those of other nodes stay ({@code DB-3}).
     *
     * @return whether there was one
     */
    boolean delete(String family, String key);

    /**
     * Registers the port whose code is running; see {@link #register(String, PortId, Object)}.
     *
     * @throws IllegalStateException outside of every port
     */
    default Guard register(String family) {
        return register(family, Port.self(), null);
    }

    /** Registers a port without a value; see {@link #register(String, PortId, Object)}. */
    default Guard register(String family, PortId port) {
        return register(family, port, null);
    }

    /**
     * Sets a key that is the text of the port, until the port dies, for whatever reason ({@code DB-6}). A port of this node
     * that is dead already is never shown; one of another node is shown until that node has said so.
     *
     * @return deletes the entry, as that of {@link #set(String, String, Object)}
     */
    Guard register(String family, PortId port, Object value);

    /**
     * What is in a family, within {@link NodeConfig#callTimeout}; see {@link #family(String, Duration)}.
     *
     * @throws DatabaseTimeoutException when nobody has said so in time
     */
    FamilyView family(String family) throws InterruptedException;

    /**
     * What is in a family at this moment: from what this node knows where it watches the family or is global, from its
     * master otherwise ({@code DB-7}). Blocks until then; waits for a master where there is none.
     *
     * @param timeout longer than nothing, less than 292 years
     * @throws DatabaseTimeoutException when nobody has said so in time
     */
    FamilyView family(String family, Duration timeout) throws InterruptedException;

    /** The keys of a family; as {@link #family(String)}. */
    default Set<String> keys(String family) throws InterruptedException {
        return family(family).keys();
    }

    /** The values of a family, in the order of its keys; as {@link #family(String)}. */
    default List<Object> values(String family) throws InterruptedException {
        return family(family).values();
    }

    /**
     * As {@link #family(String, Duration)}, without waiting: completes on a thread of its own, with the view or with a
     * {@link DatabaseTimeoutException}.
     */
    CompletionStage<FamilyView> ask(String family, Duration timeout);

    /**
     * Tells what is in a family, once and soon, even when that is nothing, and then of each change ({@code DB-8}). Changes
     * that come faster than the listener takes them are told together. The calls come one at a time, never on the stack of
     * the caller, on the node's callback thread, which they must not block; what a listener throws is logged.
     *
     * @return ends it; no call begins once it is closed
     */
    Guard watch(String family, FamilyListener listener);

    /**
     * As {@link #watch(String, FamilyListener)}, in the context of a port of this node, where the listener may block and
     * what it throws kills the port; ends with the port.
     */
    Guard watch(Port context, String family, FamilyListener listener);

    /**
     * Blocks until a family is as wanted: {@code db.await("eg_receivers", atLeast(1), ofSeconds(5))}.
     *
     * @param wanted looked at on the node's callback thread for each state of the family; what it throws is thrown here
     * @param timeout longer than nothing, less than 292 years
     * @return the first state that is
     * @throws DatabaseTimeoutException when none was in time; says what there was last
     */
    FamilyView await(String family, Predicate<? super FamilyView> wanted, Duration timeout) throws InterruptedException;

    /** For {@link #await}: that a family has so many keys or more. */
    static Predicate<FamilyView> atLeast(int keys) {
        return new Predicate<>() {
            @Override
            public boolean test(FamilyView view) {
                return view.size() >= keys;
            }

            @Override
            public String toString() {
                return "at least " + keys + " key(s)";
            }
        };
    }

    /** For {@link #await}: that a family has this key. */
    static Predicate<FamilyView> containing(String key) {
        Objects.requireNonNull(key, "the key to wait for must not be null");
        return new Predicate<>() {
            @Override
            public boolean test(FamilyView view) {
                return view.contains(key);
            }

            @Override
            public String toString() {
                return "the key \"" + key + '"';
            }
        };
    }
}
