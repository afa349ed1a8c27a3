package io.messageport.runtime.timer;

import io.messageport.Action;
import io.messageport.Guard;
import io.messageport.Timer;
import io.messageport.runtime.kernel.Dispatcher;
import io.messageport.spi.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A timer that belongs to no port: its action gets a virtual thread of its own ({@code AFT-1}). */
public final class NodeTimer implements Timer {
    private static final Logger LOG = LoggerFactory.getLogger(NodeTimer.class);

    private final AtomicBoolean pending = new AtomicBoolean(true);
    private final Dispatcher dispatcher;
    private final Action action;
    private volatile Guard scheduled = () -> false;

    private NodeTimer(Dispatcher dispatcher, Action action) {
        this.dispatcher = dispatcher;
        this.action = action;
    }

    /** Starts one; the delay is not negative. */
    public static Timer start(Clock clock, Dispatcher dispatcher, long delayNanos, Action action) {
        NodeTimer timer = new NodeTimer(dispatcher, action);
        timer.scheduled = clock.schedule(delayNanos, timer::fire);
        return timer;
    }

    private void fire() {
        if (pending.compareAndSet(true, false)) {
            dispatcher.thread("mp-timer", this::run).start();
        }
    }

    private void run() {
        try {
            action.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | Error e) {
            LOG.error("the action of a timer threw", e);
        }
    }

    @Override
    public boolean cancel() {
        if (!pending.compareAndSet(true, false)) {
            return false;
        }
        scheduled.close();
        return true;
    }
}
