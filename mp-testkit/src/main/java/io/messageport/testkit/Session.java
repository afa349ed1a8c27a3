package io.messageport.testkit;

import io.messageport.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * What one {@link MpTest} has: its nodes, which are started when one is first asked for, and the check at its end. For
 * the thread of the test.
 */
final class Session implements AutoCloseable {
    private static final int LETTERS = 26;

    private final TestNodes nodes;
    private final LeakCheck check;
    private final List<String> ids;
    private final NodeSettings settings;
    private final Duration patience;

    /** Made when first asked for. */
    private List<Node> mesh;

    Session(MpTest test) {
        ids = ids(test);
        settings = settings(test);
        nodes = new TestNodes(test.over());
        patience = Duration.ofMillis(test.patienceMillis());
        check = test.leakCheck() ? LeakCheck.begin(patience, test.ignoredThreads()) : null;
    }

    private static List<String> ids(MpTest test) {
        if (test.ids().length > 0) {
            return List.of(test.ids());
        }
        if (test.nodes() < 0 || test.nodes() > LETTERS) {
            throw new IllegalArgumentException("@MpTest(nodes = " + test.nodes() + "): have 0 to " + LETTERS
                    + " nodes, or name them with ids");
        }
        List<String> letters = new ArrayList<>();
        for (int i = 0; i < test.nodes(); i++) {
            letters.add(Character.toString('a' + i));
        }
        return letters;
    }

    private static NodeSettings settings(MpTest test) {
        return switch (test.settings().length) {
            case 0 -> (id, settings) -> settings;
            case 1 -> ReflectionSupport.newInstance(test.settings()[0]);
            default -> throw new IllegalArgumentException("@MpTest takes one class of settings, not "
                    + test.settings().length);
        };
    }

    List<Node> mesh() {
        if (mesh == null) {
            mesh = nodes.startMesh(ids, settings);
        }
        return List.copyOf(mesh);
    }

    TestNodes nodes() {
        List<Node> unused = mesh();
        return nodes;
    }

    LeakCheck check() {
        if (check == null) {
            throw new IllegalArgumentException("there is no LeakCheck where leakCheck = false");
        }
        return check;
    }

    Node node(int position) {
        if (position >= mesh().size()) {
            throw new IllegalArgumentException("node number " + (position + 1) + " is asked for, and there are "
                    + ids.size() + ": say @MpTest(nodes = " + (position + 1) + ")");
        }
        return mesh().get(position);
    }

    Node node(String id) {
        return nodes().node(id);
    }

    /** Ends ports, nodes and processes, then looks for what is left. */
    @Override
    public void close() {
        List<String> left = check == null ? List.of() : PortLeaks.end(nodes.all(), patience);
        try {
            nodes.close();
        } catch (RuntimeException | Error e) {
            closeCheck(left, e);
            throw e;
        }
        closeCheck(left, null);
    }

    private void closeCheck(List<String> left, Throwable failure) {
        if (check == null) {
            return;
        }
        try {
            check.close(left);
        } catch (AssertionError e) {
            if (failure == null) {
                throw e;
            }
            failure.addSuppressed(e);
        }
    }
}
