package io.messageport.runtime.kernel;

import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.runtime.monitor.Watch;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The forms of {@code monitor} ({@code MON-1}), each a watch that hands over without blocking. */
public final class PortWatches {
    private PortWatches() {}

    /** A watch that ends when the port that made it dies. */
    abstract static class Owned extends Watch {
        private final Attachments owner;

        Owned(PortId target, Attachments owner) {
            super(target);
            this.owner = owner;
        }

        @Override
        protected final void over() {
            if (owner != null) {
                owner.remove(this);
            }
        }
    }

    /** Runs a callback in the port that asked. */
    static final class Callback extends Owned {
        private final PortCell watcher;
        private final Consumer<Reason> then;

        Callback(PortId target, PortCell watcher, Consumer<Reason> then) {
            super(target, watcher.attachments());
            this.watcher = watcher;
            this.then = then;
        }

        @Override
        protected void fire(Reason reason) {
            watcher.post(() -> then.accept(reason));
        }
    }

    /** Kills a port with the same reason, if that is abnormal. */
    public static final class Link extends Owned {
        private final Consumer<Reason> killing;

        /** Set up by the {@code dependent}, or for it: no later port of its name is meant. */
        public Link(PortId target, PortCell dependent) {
            super(target, dependent.attachments());
            killing = dependent::kill;
        }

        /** Set up for a dependent without attachments, such as a port of another node. */
        public Link(PortId target, PortId dependent, Kernel kernel) {
            super(target, null);
            // The way to another node may have to be found again, and whoever fires must not wait for that.
            killing = reason -> kernel.callbacks().errand("mp-kill", () -> kernel.router().kill(dependent, reason));
        }

        @Override
        protected void fire(Reason reason) {
            if (!reason.isNormal()) {
                killing.accept(reason);
            }
        }
    }

    /** Sends a message followed by the reason's values. */
    public static final class Mail extends Owned {
        private final PortId watcher;
        private final Object[] message;
        private final Kernel kernel;

        /** Set up by anyone; ends with {@code owner}, the attachments of a watcher that has some, or null. */
        public Mail(PortId target, PortId watcher, Object[] message, Kernel kernel, Attachments owner) {
            super(target, owner);
            this.watcher = watcher;
            this.message = message;
            this.kernel = kernel;
        }

        @Override
        protected void fire(Reason reason) {
            List<Object> values = reason.values();
            Object[] whole = Arrays.copyOf(message, message.length + values.size(), Object[].class);
            for (int i = 0; i < values.size(); i++) {
                whole[message.length + i] = values.get(i);
            }
            if (kernel.router().isSelf(watcher.node()) && !watcher.isNodePort()) {
                kernel.router().arriveHere(watcher.name(), whole);
            } else {
                // The way to another node may be full, and whoever fires must not park.
                kernel.callbacks().errand("mp-mail", () -> kernel.router().deliver(watcher, whole));
            }
        }
    }

    /** Runs a callback that belongs to no port. */
    public static final class Plain extends Watch {
        private final Consumer<Reason> then;
        private final Callbacks callbacks;

        /** Set up by the node. */
        public Plain(PortId target, Consumer<Reason> then, Callbacks callbacks) {
            super(target);
            this.then = then;
            this.callbacks = callbacks;
        }

        @Override
        protected void fire(Reason reason) {
            callbacks.run("the monitor of " + target(), () -> then.accept(reason));
        }
    }

    /** Closes resources, each whatever the others do, on a thread of its own because closing may block. */
    public static final class Closing extends Watch {
        private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

        private final List<AutoCloseable> resources;
        private final Dispatcher dispatcher;

        /** Set up by the node. */
        public Closing(PortId target, List<AutoCloseable> resources, Dispatcher dispatcher) {
            super(target);
            this.resources = resources;
            this.dispatcher = dispatcher;
        }

        @Override
        protected void fire(Reason reason) {
            dispatcher.thread("mp-guard", this::closeAll).start();
        }

        private void closeAll() {
            for (AutoCloseable resource : resources) {
                try {
                    resource.close();
                } catch (Exception | Error e) {
                    LOG.error("{} guarded by {} failed to close", resource, target(), e);
                }
            }
        }
    }
}
