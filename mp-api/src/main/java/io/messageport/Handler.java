package io.messageport;

/** What a port does with a message. Runs in the port, one at a time ({@code RCV-7}); may block. */
@FunctionalInterface
public interface Handler {
    /**
     * Handles one message; whatever it throws kills the port with that as the reason ({@code RCV-6}).
     *
     * @param message without the tag when registered for a tag, else the whole message ({@code RCV-3})
     */
    void handle(Message message) throws Exception;
}
