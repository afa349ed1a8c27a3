package io.messageport.runtime.kernel;

import io.messageport.Action;
import io.messageport.Guard;
import io.messageport.Reason;
import io.messageport.spi.Current;

/** A further thread in a port's context ({@code CO-4}); the port's death interrupts it. */
final class AsyncThread implements Guard, Runnable {
    private static final ThreadLocal<Boolean> HERE = new ThreadLocal<>();

    private final PortCell cell;
    private final Action action;
    private final Thread thread;

    private AsyncThread(PortCell cell, Action action) {
        this.cell = cell;
        this.action = action;
        this.thread = cell.kernel().dispatcher().thread("mp-async " + cell.id().name(), this);
    }

    static void start(PortCell cell, Action action) {
        AsyncThread made = new AsyncThread(cell, action);
        cell.attachments().add(made);
        made.thread.start();
    }

    /** Whether the running code is in such a thread, and so does not own its port's exclusion. */
    static boolean isCurrent() {
        return HERE.get() != null;
    }

    @Override
    public void run() {
        HERE.set(true);
        Current.ofThread().core(cell);
        try {
            action.run();
        } catch (Throwable thrown) {
            if (cell.isAlive()) {
                cell.kill(Reason.Died.of(thrown), thrown);
            }
        } finally {
            cell.attachments().remove(this);
        }
    }

    @Override
    public boolean cancel() {
        thread.interrupt();
        return true;
    }
}
