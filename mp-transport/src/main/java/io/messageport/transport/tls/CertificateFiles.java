package io.messageport.transport.tls;

import io.messageport.NodeId;
import io.messageport.Tls;
import io.messageport.spi.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identity that stands in three PEM files. They are looked at when a connection wants to know, at most once a second:
 * an idle node never wakes up for them.
 */
final class CertificateFiles implements Identities {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateFiles.class);
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final Tls.Certificates files;
    private final NodeId node;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by lock, like the rest below; null until it could be read once. */
    private Identity good;

    private List<Stamp> seen = List.of();
    private long lookedAt;

    CertificateFiles(Tls.Certificates files, NodeId node, Clock clock) {
        this.files = files;
        this.node = node;
        this.clock = clock;
    }

    /** By which a file that was written again is known. */
    private record Stamp(FileTime modified, long size, Object key) {}

    @Override
    public Identity current() throws IOException {
        lock.lock();
        try {
            if (good == null) {
                List<Stamp> now = stamps();
                good = PemIdentity.read(files, node);
                seen = now;
                lookedAt = clock.nanos();
            } else if (clock.nanos() - lookedAt >= PAUSE) {
                lookedAt = clock.nanos();
                look();
            }
            return good;
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        try {
            List<Stamp> now = stamps();
            if (!now.equals(seen)) {
                seen = now;
                good = PemIdentity.read(files, node);
                LOG.info("node {} uses the certificate in {} that was changed for new connections", node,
                        files.chain());
            }
        } catch (IOException e) {
            LOG.warn(
                    "the certificate files of node {} were changed and cannot be used, it goes on with what they held: {}",
                    node, e.getMessage());
        }
    }

    private List<Stamp> stamps() throws IOException {
        List<Stamp> stamps = new ArrayList<>();
        for (Path file : List.of(files.chain(), files.key(), files.trusted())) {
            try {
                BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
                stamps.add(new Stamp(is.lastModifiedTime(), is.size(), is.fileKey()));
            } catch (IOException e) {
                throw PemIdentity.unreadable(file, e);
            }
        }
        return stamps;
    }
}
