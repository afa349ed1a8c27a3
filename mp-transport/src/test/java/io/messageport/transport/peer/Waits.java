package io.messageport.transport.peer;

/**
 * Thrown where a thread would have to wait, so that one thread can be all of them in turn: whoever meets it goes on another
 * time. It passes all who declare nothing, and is no {@link RuntimeException}, which somebody would take for a fault.
 */
final class Waits extends Exception {
    private static final long serialVersionUID = 1L;
    private static final Waits NOW = new Waits();

    private Waits() {
        super("would wait", null, false, false);
    }

    /** Ends the turn. */
    static RuntimeException now() {
        return Waits.<RuntimeException>pastAll();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E pastAll() throws E {
        throw (E) NOW;
    }

    /** Does something until it is over, or would wait; whether it is over. */
    static boolean reachesEnd(Turn turn) throws Exception {
        try {
            turn.run();
            return true;
        } catch (Waits e) {
            return false;
        }
    }

    /** What is done in one turn. */
    @FunctionalInterface
    interface Turn {
        /** Does it. */
        void run() throws Exception;
    }
}
