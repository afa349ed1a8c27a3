package io.messageport;

/** How a {@link GroupRouter} chooses among the members of its group. */
public enum Routing {
    /** One after the other, in the order of their text. */
    ROUND_ROBIN,

    /** Any, all as likely. */
    RANDOM,

    /**
     * The one with the least load, one after the other of those that have it. The load of a member is the number of calls
     * that this router made to it and that are not over, plus the number that the member has published as the value of its
     * entry, by {@link Database#set(String, String, Object)} or {@link Database#register(String, PortId, Object)}, if any.
     */
    LEAST_LOADED,

    /**
     * The one that belongs to a key, the same on every node that knows the same members; when a member joins or leaves, the
     * keys of the others stay where they are. By the greatest hash of key and member (rendezvous hashing).
     */
    CONSISTENT_HASH
}
