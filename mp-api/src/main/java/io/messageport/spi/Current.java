package io.messageport.spi;

/**
 * Which port the running code belongs to, and what it is handling: one holder a thread, so that a thread that serves many
 * ports pays one field write a port. Owned by its thread; nobody else reads or writes it.
 */
public class Current {
    private static final ThreadLocal<Current> OF_THREAD = ThreadLocal.withInitial(Current::new);

    private PortCore core;
    private PortCore opening;
    private Object payload;
    private Throwable doom;

    /** For an engine whose own per-thread state extends this one. */
    protected Current() {}

    /** The holder of the calling thread. */
    public static Current ofThread() {
        return OF_THREAD.get();
    }

    /** Makes this the holder of the calling thread. */
    protected final void install() {
        OF_THREAD.set(this);
    }

    /** The port whose context the thread is in, or null. */
    public final PortCore core() {
        return core;
    }

    /** Enters the context of a port, or leaves it with null. */
    public final void core(PortCore entered) {
        core = entered;
    }

    /** What the port is handling, in the engine's form, or null. */
    public final Object payload() {
        return payload;
    }

    /** Notes what is being handled, or null for nothing. */
    public final void payload(Object handled) {
        payload = handled;
    }

    /** What code of the port threw inside a handler that goes on, or null; the port dies of it afterwards. */
    public final Throwable doom() {
        return doom;
    }

    /** Notes that the port is to die of this, unless something came before; null forgets. */
    public final void doom(Throwable thrown) {
        if (doom == null || thrown == null) {
            doom = thrown;
        }
    }

    /** The port that is being constructed or set up here, or null: what is opened meanwhile is its child. */
    public final PortCore opening() {
        return opening;
    }

    /** A port is being constructed or set up here, or null: no longer. */
    public final void opening(PortCore born) {
        opening = born;
    }
}
