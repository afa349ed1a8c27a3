package io.messageport.runtime.kernel;

import io.messageport.Handler;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.spi.Access;

/** From a payload to the handler of its tag ({@code RCV-3}). Runs in the port. */
final class Dispatch {
    private Dispatch() {}

    /** Runs the handler of the payload's tag; false when there is none. */
    static boolean byTag(Kernel kernel, Handlers table, Object payload) throws Exception {
        if (payload instanceof Object[] values) {
            return listByTag(table, values);
        }
        Object found = table.find(Payloads.tag(payload));
        if (found instanceof Handlers.Typed typed && typed.type().isInstance(payload)) {
            typed.handler().handle(payload);
            return true;
        }
        return found != null && listByTag(table, Payloads.list(kernel.faces(), payload));
    }

    private static boolean listByTag(Handlers table, Object[] values) throws Exception {
        Object tag = values.length == 0 ? null : values[0];
        if (!(tag instanceof String) && !(tag instanceof PortId)) {
            return false;
        }
        Object found = table.find(tag);
        if (found instanceof Handler handler) {
            handler.handle(Access.messages().view(values, 1));
            return true;
        }
        if (found instanceof Handlers.Typed typed) {
            typed.handler().handle(typed.read(values));
            return true;
        }
        return false;
    }

    /** Why a port without a default handler dies of this message ({@code RCV-1}). */
    static Reason unhandled(Object payload) {
        Object tag = Payloads.tag(payload);
        String shown = tag == null ? "" : Payloads.printable(tag.toString());
        return new Reason.Unhandled("no callback found for message '" + shown + "'");
    }
}
