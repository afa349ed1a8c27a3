package io.messageport.spi;

import io.messageport.Child;
import io.messageport.ChildSpec;
import io.messageport.PortId;
import java.util.List;
import java.util.Optional;

/** The engine's half of a {@link io.messageport.Supervisor}: the methods are its, where their contracts stand. */
public interface Supervision {
    /** Starts the children; in the supervisor's own context, before anything else. */
    void boot() throws Exception;

    /** Starts a further child. */
    Child start(ChildSpec spec);

    /** Ends a child. */
    void terminate(String key);

    /** Ends the child that has this port. */
    void terminate(PortId port);

    /** Starts a child again that has ended. */
    Child restart(String key);

    /** Forgets a child that has ended. */
    void delete(String key);

    /** The child of this key. */
    Optional<Child> child(String key);

    /** The children in order of start. */
    List<Child> children();

    /** How many there are. */
    Child.Count count();
}
