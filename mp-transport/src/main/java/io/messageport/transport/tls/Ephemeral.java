package io.messageport.transport.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.locks.ReentrantLock;

/** A key and a certificate made when they are first needed. */
final class Ephemeral implements Identities {
    private final ReentrantLock lock = new ReentrantLock();

    /** Written once, with the lock held. */
    private volatile Identity made;

    @Override
    public Identity current() throws IOException {
        Identity known = made;
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            if (made == null) {
                made = SelfSigned.make();
            }
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot make a certificate: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }
}
