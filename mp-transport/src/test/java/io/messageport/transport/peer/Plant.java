package io.messageport.transport.peer;

/** A fault planted into a walk, to show that it is found. */
enum Plant {
    NONE,
    /** The side that goes on believes that one more has arrived than has. */
    RESENT_TOO_FEW,
    /** The side that goes on sends one again that has arrived. */
    RESENT_TOO_MANY,
    /** More is acknowledged than has arrived. */
    ACKNOWLEDGED_TOO_MANY,
    /** A link goes on behind the count of an earlier break. */
    STALE_COUNT,
    /** What was on its way on the socket before arrives after all. */
    OLD_SOCKET_GOES_ON,
    /** A link begins with the count of the one before. */
    COUNT_NOT_RESET,
    /** The node does not hear of a loss. */
    LOSS_NOT_TOLD
}
