package io.messageport.spi;

/**
 * Which port the running code belongs to: one holder a thread, so that a thread that serves many ports pays one field
 * write a port. Owned by its thread; nobody else reads or writes it.
 */
public final class Current {
    private static final ThreadLocal<Current> OF_THREAD = ThreadLocal.withInitial(Current::new);

    private PortCore core;

    private Current() {}

    /** The holder of the calling thread. */
    public static Current ofThread() {
        return OF_THREAD.get();
    }

    /** The port whose context the thread is in, or null. */
    public PortCore core() {
        return core;
    }

    /** Enters the context of a port, or leaves it with null. */
    public void core(PortCore entered) {
        core = entered;
    }
}
