package io.messageport.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sockets that were opened since and are still open, as Linux shows them: file descriptors of the process that are
 * sockets, and the kernel's tables, which tell their addresses. Finds nothing elsewhere.
 */
final class SocketLeaks implements Detector {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final List<String> TABLES = List.of("tcp", "tcp6", "udp", "udp6");
    private static final String SOCKET = "socket:[";
    private static final Map<String, String> STATES = Map.of("01", "connected to", "02", "connecting to", "06",
            "in TIME_WAIT to", "07", "unconnected, to", "08", "in CLOSE_WAIT to", "0A", "listening");

    /** Columns of a table. */
    private static final int LOCAL = 1;

    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private final Set<String> before = open();

    @Override
    public List<String> found() {
        Set<String> since = open();
        since.removeAll(before);
        if (since.isEmpty()) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        for (String table : TABLES) {
            for (String line : lines(Path.of("/proc/self/net", table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns.length > INODE && since.contains(columns[INODE])) {
                    found.add(text(table, columns));
                }
            }
        }
        return found;
    }

    private static String text(String table, String[] columns) {
        String state = STATES.getOrDefault(columns[STATE], "in state " + columns[STATE] + ", to");
        String remote = state.equals("listening") ? "" : ' ' + address(columns[REMOTE]);
        return table.substring(0, 3) + " socket " + address(columns[LOCAL]) + ' ' + state + remote + ", not closed";
    }

    /** An address as the kernel prints it, {@code 0100007F:1F90}: words in the machine's order, then the port. */
    static String address(String printed) {
        int colon = printed.indexOf(':');
        ByteBuffer bytes = ByteBuffer.allocate(colon / 2).order(ByteOrder.nativeOrder());
        for (int i = 0; i < colon; i += 8) {
            bytes.putInt(Integer.parseUnsignedInt(printed, i, i + 8, 16));
        }
        int port = Integer.parseInt(printed, colon + 1, printed.length(), 16);
        try {
            return InetAddress.getByAddress(bytes.array()).getHostAddress() + ':' + port;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + printed, e);
        }
    }

    /** The numbers of the sockets that this process holds. */
    private static Set<String> open() {
        Set<String> sockets = new HashSet<>();
        if (!Files.isDirectory(DESCRIPTORS)) {
            return sockets;
        }
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                String target = target(descriptor);
                if (target.startsWith(SOCKET)) {
                    sockets.add(target.substring(SOCKET.length(), target.length() - 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for sockets in " + DESCRIPTORS, e);
        }
        return sockets;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static List<String> lines(Path table) {
        try {
            return Files.isReadable(table) ? Files.readAllLines(table) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look for sockets in " + table, e);
        }
    }
}
