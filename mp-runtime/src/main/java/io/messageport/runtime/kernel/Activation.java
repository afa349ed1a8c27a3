package io.messageport.runtime.kernel;

import io.messageport.spi.Current;

/** One turn of a port that has something to do. */
public interface Activation {
    /**
     * Takes the turn; may block. Does nothing when the turn has been taken, or the port is dead.
     *
     * @param here the holder of the calling thread
     */
    void run(Current here);
}
