package io.messageport;

import java.util.List;
import java.util.Optional;

/**
 * Sends each message to one member of a group, chosen by its {@link Routing} among those that its node knows at that moment.
 * A member may have died meanwhile: for a message that must be answered, {@link #call} tells.
 *
 * <p>Any thread.
 */
public interface GroupRouter extends AutoCloseable {
    /** The group. */
    String group();

    /** The members this node knows of, in the order of their text; none until it has been told. */
    List<PortId> members();

    /**
     * The member whose turn it is; empty when there is none.
     *
     * @throws IllegalStateException when the routing is {@link Routing#CONSISTENT_HASH}, which needs a key
     */
    Optional<PortId> next();

    /** The member for this key, by its text, where the routing asks for one; otherwise as {@link #next()}. */
    Optional<PortId> next(Object key);

    /**
     * Sends a message to the member whose turn it is.
     *
     * @return that member
     * @throws IllegalStateException when there is no member, or as {@link #next()}; nothing was sent
     */
    PortId send(Object... message);

    /**
     * Sends a message to the member for this key.
     *
     * @return that member
     * @throws IllegalStateException when there is no member; nothing was sent
     */
    PortId sendFor(Object key, Object... message);

    /**
     * Asks the member whose turn it is; see {@link Node#call(PortId, Object...)}.
     *
     * @throws IllegalStateException when there is no member, or as {@link #next()}; nothing was asked
     */
    Call call(Object... message);

    /** Asks the member for this key; as {@link #call}. */
    Call callFor(Object key, Object... message);

    /** Follows the group no longer; nothing has a turn any more. */
    @Override
    void close();
}
