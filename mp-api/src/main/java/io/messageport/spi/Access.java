package io.messageport.spi;

import io.messageport.Message;
import io.messageport.Port;
import io.messageport.Reason;

/**
 * The engine's way into {@link Port} and {@link Message}, whose users must not see these doors. Each of the two classes
 * installs its door when it is initialised; the fields are written once.
 */
public final class Access {
    private static volatile Messages messages;
    private static volatile Ports ports;

    private Access() {}

    /** What only the engine may do with a message. */
    public interface Messages {
        /** A message that shows {@code values} from index {@code from} on, without a copy. */
        Message view(Object[] values, int from);

        /** The values as an array that must not be written to, without a copy where that can be. */
        Object[] array(Message message);
    }

    /** What only the engine may do with a port. */
    public interface Ports {
        /** A plain port with this core. */
        Port create(PortCore core);

        /** Calls {@link Port}'s protected {@code start}. */
        void start(Port port) throws Exception;

        /** Calls {@link Port}'s protected {@code run}. */
        void run(Port port) throws Exception;

        /** Calls {@link Port}'s protected {@code stopped}. */
        void stopped(Port port, Reason reason) throws Exception;

        /** The core that a port was opened with. */
        PortCore core(Port port);
    }

    /** The door into {@link Message}. */
    public static Messages messages() {
        if (messages == null) {
            Message.of();
        }
        return messages;
    }

    /** The door into {@link Port}. */
    public static Ports ports() {
        if (ports == null) {
            Port.prepare();
        }
        return ports;
    }

    /** Called by {@link Message} alone. */
    public static void install(Messages door) {
        messages = door;
    }

    /** Called by {@link Port} alone. */
    public static void install(Ports door) {
        ports = door;
    }
}
