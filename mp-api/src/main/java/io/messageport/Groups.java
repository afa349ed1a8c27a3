package io.messageport;

import java.util.List;

/**
 * Ports that belong together, wherever they live: a group is a family of the {@link Database} whose keys are ports, and
 * what joins is registered there ({@code DB-9}). What holds for the database holds here: a node knows the members that the
 * others have told it of, and learns of changes in its own time.
 *
 * <p>Any thread. On a closed node the verbs throw {@link IllegalStateException}.
 */
public interface Groups {
    /**
     * Adds the port whose code is running, until it dies; see {@link Database#register(String)}.
     *
     * @throws IllegalStateException outside of every port
     */
    default Guard join(String group) {
        return join(group, Port.self());
    }

    /**
     * Adds a port until it dies; see {@link Database#register(String, PortId, Object)}.
     *
     * @return takes it out again
     */
    Guard join(String group, PortId port);

    /**
     * The members, in the order of their text; empty when there are none. Blocks as {@link Database#family(String)}.
     *
     * @throws DatabaseTimeoutException when nobody has said so in time
     */
    List<PortId> members(String group) throws InterruptedException;

    /** Tells of the members, once and soon, then of each change; as {@link Database#watch(String, FamilyListener)}. */
    Guard watch(String group, GroupListener listener);

    /** As {@link #watch(String, GroupListener)}, in the context of a port of this node; ends with the port. */
    Guard watch(Port context, String group, GroupListener listener);

    /**
     * Sends a message to all members: one to each node that has some, which hands it to each of them there. For every
     * member it is a message as any other, in the order in which this thread sends ({@code SND-4}, {@code SND-5}), and a
     * dead letter where the port has died.
     *
     * <p>A node follows the 1024 groups that it has published to last. The first time, this waits until the members are
     * known, for at most {@link NodeConfig#callTimeout}.
     *
     * @return to how many ports it was sent
     * @throws IllegalArgumentException when the message cannot be encoded or is too large; the nodes before got it
     * @throws DatabaseTimeoutException when the members did not become known in time; nothing was sent
     */
    int publish(String group, Object... message) throws InterruptedException;

    /** Sends each message to one of the members, chosen by a rule; follows the group until it is closed. */
    GroupRouter router(String group, Routing routing);
}
