package io.messageport.spi;

import io.messageport.Message;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Reason;
import java.lang.invoke.MethodHandles;

/**
 * The engine's way into {@link Port}, {@link PortId} and {@link Message}, whose users must not see these doors. Each of
 * these classes installs its door when it is initialised; the fields are written once.
 */
public final class Access {
    private static volatile Messages messages;
    private static volatile Ports ports;
    private static volatile Addresses addresses;

    private Access() {}

    /** What only the engine may do with a message. */
    public interface Messages {
        /** A message that shows {@code values} from index {@code from} on, without a copy. */
        Message view(Object[] values, int from);

        /** The values as an array that must not be written to, with what stands before them in a view. */
        Object[] whole(Message message);

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

    /** What only the engine may do with an address. */
    public interface Addresses {
        /** What was set last, and is seen as it was then; or null. */
        Object route(PortId id);

        /** Sets the short cut to the port with this address, or null for none. */
        void route(PortId id, Object route);
    }

    /** The door into {@link Message}. */
    public static Messages messages() {
        return MessageDoor.DOOR;
    }

    /** The door into {@link Port}. */
    public static Ports ports() {
        return PortDoor.DOOR;
    }

    /** A constant for the compiler, read once the class it leads into has installed it. */
    private static final class MessageDoor {
        static final Messages DOOR;

        static {
            initialise(Message.class);
            DOOR = messages;
        }
    }

    /** The door into {@link PortId}. */
    public static Addresses addresses() {
        return AddressDoor.DOOR;
    }

    /** A constant for the compiler, read once the class it leads into has installed it. */
    private static final class AddressDoor {
        static final Addresses DOOR;

        static {
            initialise(PortId.class);
            DOOR = addresses;
        }
    }

    /** A constant for the compiler, read once the class it leads into has installed it. */
    private static final class PortDoor {
        static final Ports DOOR;

        static {
            initialise(Port.class);
            DOOR = ports;
        }
    }

    private static void initialise(Class<?> type) {
        try {
            Class<?> ignored = MethodHandles.lookup().ensureInitialized(type);
        } catch (IllegalAccessException e) {
            throw new AssertionError("a public class of this very module", e);
        }
    }

    /** Called by {@link Message} alone. */
    public static void install(Messages door) {
        messages = door;
    }

    /** Called by {@link PortId} alone. */
    public static void install(Addresses door) {
        addresses = door;
    }

    /** Called by {@link Port} alone. */
    public static void install(Ports door) {
        ports = door;
    }
}
