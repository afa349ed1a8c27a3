package io.messageport.runtime.kernel;

import io.messageport.runtime.observe.FlightRecords;
import io.messageport.spi.Current;

/**
 * The handling of messages under observation: traced, and timed. Runs in the port. A port asks now and then whether
 * somebody looks, so a trace that begins meanwhile sees a busy port a little later.
 */
final class Observed {
    private Observed() {}

    /** Whether anybody looks at this moment. */
    static boolean isOn(Kernel kernel) {
        return kernel.observation().tracing().isActive() || FlightRecords.timesHandlers();
    }

    /** As {@link PortCell#take}. */
    static boolean take(PortCell cell, Current here, Object taken) {
        if (taken instanceof Signal) {
            return cell.take(here, taken);
        }
        trace(cell, taken);
        if (!FlightRecords.timesHandlers()) {
            return cell.take(here, taken);
        }
        FlightRecords.Timing timing = cell.kernel().observation().records().beginHandling();
        try {
            return cell.take(here, taken);
        } finally {
            timing.end(cell.id(), Payloads.tag(taken));
        }
    }

    /** A threaded port is about to look at this: only what a tag handler takes is handled. */
    static void beforeTagHandler(PortCell cell, Object taken) {
        if (cell.kernel().observation().tracing().isActive() && !(taken instanceof Signal)) {
            Object tag = Payloads.tag(taken);
            if (tag != null && cell.handlers().find(tag) != null) {
                trace(cell, taken);
            }
        }
    }

    /** A port is about to handle this. */
    static void trace(PortCell cell, Object payload) {
        Kernel kernel = cell.kernel();
        if (kernel.observation().tracing().isActive()) {
            kernel.observation().tracing().handling(
                    cell.id(), Payloads.tag(payload), () -> Payloads.view(kernel.faces(), payload, 0));
        }
    }
}
