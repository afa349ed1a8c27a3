package io.messageport;

/** Told of the members of a group; see {@link Groups#watch(String, GroupListener)}. */
@FunctionalInterface
public interface GroupListener {
    /** First who is there, then each change. */
    void changed(GroupChange change) throws Exception;
}
