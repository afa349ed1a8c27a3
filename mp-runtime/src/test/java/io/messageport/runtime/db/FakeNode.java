package io.messageport.runtime.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.messageport.FamilyChange;
import io.messageport.Message;
import io.messageport.NodeId;
import io.messageport.face.Faces;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A node of a {@link FakeNetwork}: a replica and the events that wait for it, which the test lets happen one by one. */
final class FakeNode implements Surroundings {
    final NodeId id;
    final FakeNetwork network;
    final Replica replica;
    final Queue<Runnable> events = new ArrayDeque<>();
    final List<Later> timers = new ArrayList<>();
    final Map<String, Mirror> mirrors = new LinkedHashMap<>();

    /** What was set here, as the test knows it. */
    final Map<String, Map<String, Object>> set = new HashMap<>();

    final List<String> refused = new ArrayList<>();
    boolean global;
    NodeId master;
    long sent;

    /** Told of what it sends. */
    Consumer<Object[]> tap = values -> {};

    /** Something due at a time. */
    record Later(long time, Runnable event) {}

    FakeNode(String name, long life, long graceNanos, FakeNetwork network) {
        this.id = NodeId.of(name);
        this.network = network;
        this.replica = new Replica(id, life, new Replica.Options(graceNanos, false), this);
    }

    @Override
    public void send(NodeId to, Object... values) {
        sent++;
        tap.accept(values);
        network.send(this, to, values);
    }

    @Override
    public void later(long nanos, Runnable event) {
        timers.add(new Later(network.now + nanos, event));
    }

    @Override
    public void refused(NodeId peer, String what) {
        refused.add(peer + " " + what);
    }

    /** Lets the next event happen, if there is one; now and then what it causes is held back. */
    void step(boolean flush) {
        Runnable event = events.poll();
        if (event != null) {
            event.run();
        }
        if (flush) {
            replica.flush();
        }
    }

    void timersDue() {
        for (Iterator<Later> all = timers.iterator(); all.hasNext();) {
            Later each = all.next();
            if (each.time <= network.now) {
                all.remove();
                events.add(each.event);
            }
        }
    }

    void received(NodeId from, Object... values) {
        events.add(() -> replica.received(from, Message.of(values)));
    }

    void put(String family, String key, Object value) {
        set.computeIfAbsent(family, f -> new HashMap<>()).put(key, value);
        events.add(() -> replica.put(family, key, Values.kept(value)));
    }

    void delete(String family, String key) {
        set.getOrDefault(family, new HashMap<>()).remove(key);
        events.add(() -> replica.delete(family, key));
    }

    Mirror watch(String family) {
        return mirrors.computeIfAbsent(family, f -> {
            Mirror mirror = new Mirror();
            Watching watching = new Watching(f, mirror::changed, Faces.common(), due -> events.add(() -> {
                try {
                    due.call();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }), over -> events.add(() -> replica.unwatch(f, over)));
            mirror.watching = watching;
            events.add(() -> replica.watch(f, watching));
            return mirror;
        });
    }

    void unwatch(String family) {
        Mirror mirror = mirrors.remove(family);
        if (mirror != null) {
            mirror.watching.close();
        }
    }

    /** The map that somebody keeps who believes what a watch tells. */
    static final class Mirror {
        final Map<String, Object> map = new TreeMap<>();
        Watching watching;
        int calls;

        void changed(FamilyChange change) {
            calls++;
            Map<String, Object> now = change.now().entries();
            for (String key : change.added()) {
                assertEquals(false, map.containsKey(key), "added twice: " + key);
                map.put(key, now.get(key));
            }
            for (String key : change.changed()) {
                assertEquals(true, map.containsKey(key), "changed, but was not there: " + key);
                map.put(key, now.get(key));
            }
            for (String key : change.deleted()) {
                assertEquals(true, map.containsKey(key), "deleted, but was not there: " + key);
                map.remove(key);
            }
            assertEquals(now, map, "what the changes add up to");
        }
    }
}
