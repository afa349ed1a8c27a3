package io.messageport;

/**
 * One registration on one port: fires once, when the port dies or is no longer within reach ({@code MON-2}).
 *
 * <p>From the moment it exists until it fires, every message sent to the port arrives in order, or nothing more arrives
 * ({@code SND-5}).
 */
public interface Monitor extends Guard {
    /** The port that is watched. */
    PortId target();
}
