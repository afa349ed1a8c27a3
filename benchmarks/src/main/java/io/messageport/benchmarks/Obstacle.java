package io.messageport.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Something that keeps a handler from its end until it is released. One thread makes and releases it, another one is
 * blocked by it, once.
 */
abstract class Obstacle {
    /** The blocked thread; written by it. */
    private volatile Thread held;

    private volatile boolean released;

    /** The ways in which a handler may fail to come to its end. */
    enum Kind {
        /** Parks, which takes the virtual thread off its carrier. */
        PARK,
        /** Waits for a lock. */
        LOCK,
        /** Sleeps. */
        SLEEP,
        /** Reads from a socket on which nothing comes. */
        SOCKET,
        /** Computes: its carrier is busy. */
        SPIN,
        /** Parks with a frame of the JVM below it, which keeps the carrier from running anything else. */
        PIN;

        Obstacle make() throws IOException {
            return switch (this) {
                case PARK -> new Park();
                case LOCK -> new Lock();
                case SLEEP -> new Sleep();
                case SOCKET -> new Silence();
                case SPIN -> new Spin();
                case PIN -> new Pin();
            };
        }
    }

    /** Returns when it is released, and not before. */
    final void block() throws Exception {
        held = Thread.currentThread();
        untilReleased();
    }

    abstract void untilReleased() throws Exception;

    final void release() throws IOException {
        released = true;
        letGo(held);
    }

    /** Wakes the thread, which may be null when it has not come yet. */
    abstract void letGo(Thread blocked) throws IOException;

    final boolean isReleased() {
        return released;
    }

    private static class Park extends Obstacle {
        @Override
        void untilReleased() throws Exception {
            while (!isReleased()) {
                LockSupport.park(this);
            }
        }

        @Override
        final void letGo(Thread blocked) {
            LockSupport.unpark(blocked);
        }
    }

    /**
     * Parks within the initializer of a class. Since Java 24 {@code synchronized} pins no more; the frame of the JVM that
     * runs an initializer does. A class is initialized once, so each obstacle has one of its own.
     */
    private static final class Pin extends Park {
        @Override
        void untilReleased() throws Exception {
            byte[] code;
            try (InputStream file = Initializer.class.getResourceAsStream("Obstacle$Initializer.class")) {
                code = file.readAllBytes();
            }
            Initializer.BEHIND.set(() -> {
                while (!isReleased()) {
                    LockSupport.park(this);
                }
            });
            Class<?> unused = MethodHandles.lookup().defineHiddenClass(code, true).lookupClass();
        }
    }

    /** The template of the classes whose initializers block: runs what its thread has left for it. */
    static final class Initializer {
        static final ThreadLocal<Runnable> BEHIND = Behind.OF_THREAD;

        static {
            Runnable behind = BEHIND.get();
            if (behind != null) {
                behind.run();
            }
        }

        private Initializer() {}
    }

    /** What the next initializer of a thread runs; not in the template, of which there is one per obstacle. */
    private static final class Behind {
        static final ThreadLocal<Runnable> OF_THREAD = new ThreadLocal<>();
    }

    private static final class Spin extends Obstacle {
        @Override
        void untilReleased() {
            while (!isReleased()) {
                Thread.onSpinWait();
            }
        }

        @Override
        void letGo(Thread blocked) {
            // It looks for itself.
        }
    }

    private static final class Sleep extends Obstacle {
        @Override
        void untilReleased() {
            while (!isReleased()) {
                try {
                    Thread.sleep(Duration.ofHours(1));
                } catch (InterruptedException expected) {
                    // released
                }
            }
        }

        @Override
        void letGo(Thread blocked) {
            if (blocked != null) {
                blocked.interrupt();
            }
        }
    }

    private static final class Lock extends Obstacle {
        private final ReentrantLock lock = new ReentrantLock();

        Lock() {
            lock.lock();
        }

        @Override
        void untilReleased() {
            lock.lock();
            try {
                assert isReleased();
            } finally {
                lock.unlock();
            }
        }

        @Override
        void letGo(Thread blocked) {
            lock.unlock();
        }
    }

    private static final class Silence extends Obstacle {
        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final Socket silent;
        private final Socket reading;

        Silence() throws IOException {
            silent = new Socket(server.getInetAddress(), server.getLocalPort());
            reading = server.accept();
        }

        @Override
        void untilReleased() throws IOException {
            int end = reading.getInputStream().read();
            if (end != -1) {
                throw new IOException("something came from a silent peer: " + end);
            }
        }

        @Override
        void letGo(Thread blocked) throws IOException {
            silent.close();
            server.close();
        }
    }
}
