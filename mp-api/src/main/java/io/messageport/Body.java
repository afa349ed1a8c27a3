package io.messageport;

/** The body of a threaded port ({@code CO-1}): runs in the port's own virtual thread and may block anywhere. */
@FunctionalInterface
public interface Body {
    /** Runs; when it returns the port ends normally, when it throws the port dies with that as the reason. */
    void run(Port self) throws Exception;
}
