package io.messageport.runtime.kernel;

import io.messageport.Handler;
import io.messageport.PortId;
import io.messageport.Reason;
import io.messageport.TypedHandler;
import io.messageport.spi.Access;

/** From a payload to the handler of its tag ({@code RCV-3}). Runs in the port. */
final class Dispatch {
    private Dispatch() {}

    /** Runs the handler of the payload's tag; false when there is none. */
    static boolean byTag(Kernel kernel, Handlers table, Object payload) throws Exception {
        if (payload instanceof Object[] values) {
            return listByTag(table, values);
        }
        TypedHandler<Object> exact = table.findByClass(payload.getClass());
        if (exact != null) {
            exact.handle(payload);
            return true;
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
        Object found = tag instanceof String || tag instanceof PortId ? table.find(tag) : null;
        if (found == null) {
            return false;
        }
        if (found instanceof Handlers.Typed typed) {
            typed.handler().handle(typed.read(values));
        } else {
            ((Handler) found).handle(Access.messages().view(values, 1));
        }
        return true;
    }

    /** Why a port without a default handler dies of this message ({@code RCV-1}). */
    static Reason unhandled(Object payload) {
        Object tag = Payloads.tag(payload);
        String shown = tag == null ? "" : Payloads.printable(tag.toString());
        return new Reason.Unhandled("no callback found for message '" + shown + "'");
    }
}
