package io.messageport;

/**
 * What a port does with a typed value: a message in the face of a record, or the value of a bound callback. Runs in the
 * port, one at a time; may block.
 *
 * @param <T> the record, a sealed interface of records, or the callback's type
 */
@FunctionalInterface
public interface TypedHandler<T> {
    /** Handles one value; whatever it throws kills the port with that as the reason ({@code RCV-6}). */
    void handle(T value) throws Exception;
}
