package io.messageport;

import io.messageport.spi.Supervision;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A port that starts other ports, its children, and starts them again when they end: as its {@link SupervisorSpec} says,
 * with the outcomes of {@code supervisor} in Erlang/OTP.
 *
 * <p>Opened as every port, {@code node.open("rooms", () -> new Supervisor(spec))}, or as the child of another supervisor.
 * It starts its children one after the other in the order of the spec, each when the one before has run its constructor
 * and its {@link Port#start()}. If one of them throws, those before are ended and the supervisor dies
 * {@code ("shutdown", "child failed to start", key, why)}. When it dies, its children end first, in reverse order of
 * start.
 *
 * <p>A child that fails to start again counts as one more restart and is tried again. One restart too many ends all
 * children, then the supervisor: {@code ("shutdown", "too many restarts", key, why)}; a supervisor above it may start it
 * again. The end of significant children that ends it gives {@code ("shutdown", "significant child ended", key)}.
 *
 * <p>Where it differs from OTP: a child cannot decline to start; children of a DYNAMIC supervisor need not be alike;
 * a restarted child with a name keeps its port ID and its unread mail ({@code ID-5}); a child on another node is ended by a
 * {@code kill} in line with its messages, which is as brutal as it gets. One that lives on while its node is out of reach
 * is replaced all the same, and killed when its node is connected again, before or after the supervisor has died; when the
 * supervisor's own node is lost, it lives on.
 *
 * <p>The methods work from any thread and any port, also from the children, and wait until the supervisor has done what it
 * is at, not longer than its children's shutdown takes. They throw {@link IllegalStateException} when it is dead, when it
 * dies meanwhile, or when a constructor or setup that it is just running calls them: it cannot wait for itself.
 */
public class Supervisor extends Port {
    private final Supervision supervision;
    private final SupervisorSpec.AutoShutdown autoShutdown;

    /** For {@link Node#open}; the children start soon. */
    @SuppressWarnings("this-escape") // core() is final and gives away nothing
    public Supervisor(SupervisorSpec spec) {
        supervision = core().supervise(Objects.requireNonNull(spec, "a supervisor needs a spec, not null"));
        autoShutdown = spec.autoShutdown();
    }

    /** Starts the children. */
    @Override
    protected final void start() throws Exception {
        supervision.boot();
    }

    /**
     * Starts a further child and waits until it runs; it stands behind all others in the order of start.
     *
     * @throws ChildStartException when it does not start; then its spec is forgotten
     * @throws IllegalStateException when there is a child of that name, running or not
     * @throws IllegalArgumentException when it is significant and the supervisor's autoShutdown is NEVER
     */
    public final Child startChild(ChildSpec spec) {
        SupervisorSpec.requireFit(autoShutdown, Objects.requireNonNull(spec, "the spec of a child must not be null"));
        return supervision.start(spec);
    }

    /**
     * Ends a child as its spec says and waits for it. It stays known, for {@link #restartChild}, unless it is TEMPORARY
     * or the supervisor is DYNAMIC. Nothing happens to a child that has ended; one that is about to be
     * restarted is not.
     *
     * @throws IllegalArgumentException when there is no such child
     */
    public final void terminateChild(String key) {
        supervision.terminate(Objects.requireNonNull(key, "the key of a child must not be null"));
    }

    /** As {@link #terminateChild(String)}, for the child that has this port. */
    public final void terminateChild(PortId port) {
        supervision.terminate(Objects.requireNonNull(port, "the port of a child must not be null"));
    }

    /**
     * Starts a child again that has ended and waits until it runs.
     *
     * @throws ChildStartException when it does not start; its spec stays
     * @throws IllegalStateException when it is running or about to be restarted, or the supervisor is DYNAMIC
     * @throws IllegalArgumentException when there is no such child
     */
    public final Child restartChild(String key) {
        return supervision.restart(Objects.requireNonNull(key, "the key of a child must not be null"));
    }

    /**
     * Forgets a child that has ended.
     *
     * @throws IllegalStateException when it is running or about to be restarted, or the supervisor is DYNAMIC
     * @throws IllegalArgumentException when there is no such child
     */
    public final void deleteChild(String key) {
        supervision.delete(Objects.requireNonNull(key, "the key of a child must not be null"));
    }

    /** The children in order of start. */
    public final List<Child> children() {
        return supervision.children();
    }

    /** The child of this key, if there is one. */
    public final Optional<Child> child(String key) {
        return supervision.child(Objects.requireNonNull(key, "the key of a child must not be null"));
    }

    /** How many children there are. */
    public final Child.Count countChildren() {
        return supervision.count();
    }
}
