package io.messageport;

/** Told of the changes of a family; see {@link Database#watch(String, FamilyListener)}. */
@FunctionalInterface
public interface FamilyListener {
    /** First what is there, then each change. */
    void changed(FamilyChange change) throws Exception;
}
