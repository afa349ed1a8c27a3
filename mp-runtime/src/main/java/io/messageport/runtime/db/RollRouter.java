package io.messageport.runtime.db;

import io.messageport.Call;
import io.messageport.GroupRouter;
import io.messageport.PortId;
import io.messageport.Routing;
import io.messageport.runtime.kernel.Kernel;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Chooses among the members on a {@link Roll}. Any thread. */
final class RollRouter implements GroupRouter {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final String group;
    private final Routing routing;
    private final Kernel kernel;
    private final NodeDatabase database;
    private final Roll roll;
    private final AtomicLong turn = new AtomicLong();

    /** Calls that are not over, of the members that have some. */
    private final ConcurrentMap<PortId, AtomicInteger> open = new ConcurrentHashMap<>();

    /** Set once. */
    private volatile boolean closed;

    RollRouter(String group, Routing routing, Kernel kernel, NodeDatabase database) {
        this.group = group;
        this.routing = routing;
        this.kernel = kernel;
        this.database = database;
        this.roll = database.follow(group);
    }

    @Override
    public String group() {
        return group;
    }

    @Override
    public List<PortId> members() {
        return closed ? List.of() : roll.members().ports();
    }

    @Override
    public Optional<PortId> next() {
        if (routing == Routing.CONSISTENT_HASH) {
            throw new IllegalStateException("a router that hashes needs a key to hash: next(key), sendFor(key, ...)");
        }
        return choose(null);
    }

    @Override
    public Optional<PortId> next(Object key) {
        return choose(Objects.requireNonNull(key, "the key to route by must not be null"));
    }

    private Optional<PortId> choose(Object key) {
        List<PortId> members = members();
        if (members.isEmpty()) {
            return Optional.empty();
        }
        int count = members.size();
        return Optional.of(switch (routing) {
            case ROUND_ROBIN -> members.get((int) Math.floorMod(turn.getAndIncrement(), (long) count));
            case RANDOM -> members.get(kernel.random().nextInt(count));
            case LEAST_LOADED -> leastLoaded(members);
            case CONSISTENT_HASH -> greatestHash(members, key.toString());
        });
    }

    private PortId leastLoaded(List<PortId> members) {
        SortedEntries state = roll.members().state();
        int count = members.size();
        int first = (int) Math.floorMod(turn.getAndIncrement(), (long) count);
        PortId least = null;
        double leastLoad = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            PortId member = members.get((first + i) % count);
            AtomicInteger calls = open.get(member);
            double published = state.get(member.toString()) instanceof Number number ? number.doubleValue() : 0;
            double load = published + (calls == null ? 0 : calls.get());
            if (least == null || load < leastLoad) {
                least = member;
                leastLoad = load;
            }
        }
        return least;
    }

    private static PortId greatestHash(List<PortId> members, String key) {
        PortId greatest = members.getFirst();
        long greatestHash = Long.MIN_VALUE;
        for (PortId member : members) {
            long hash = hash(member.toString(), hash(key, FNV_OFFSET));
            // The last step of a good mixer: so that texts which end alike do not hash alike.
            hash = (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 29;
            if (hash > greatestHash) {
                greatest = member;
                greatestHash = hash;
            }
        }
        return greatest;
    }

    private static long hash(String text, long seed) {
        long hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    private PortId chosen(Optional<PortId> member) {
        return member.orElseThrow(() -> new IllegalStateException(closed
                ? "the router of group " + group + " is closed"
                : "node " + kernel.self() + " knows no member of group " + group
                        + "; db().await(\"" + group + "\", atLeast(1), timeout) waits for one"));
    }

    @Override
    public PortId send(Object... message) {
        PortId member = chosen(next());
        kernel.router().send(member, message);
        return member;
    }

    @Override
    public PortId sendFor(Object key, Object... message) {
        PortId member = chosen(next(key));
        kernel.router().send(member, message);
        return member;
    }

    @Override
    public Call call(Object... message) {
        return call(chosen(next()), message);
    }

    @Override
    public Call callFor(Object key, Object... message) {
        return call(chosen(next(key)), message);
    }

    private Call call(PortId member, Object[] message) {
        int unused = open.computeIfAbsent(member, m -> new AtomicInteger()).incrementAndGet();
        try {
            Call call = kernel.verbs().node().call(member, message);
            var ignored = call.outcome().whenComplete((outcome, failure) -> over(member));
            return call;
        } catch (RuntimeException notAsked) {
            over(member);
            throw notAsked;
        }
    }

    private void over(PortId member) {
        var unused = open.computeIfPresent(member, (port, calls) -> calls.decrementAndGet() == 0 ? null : calls);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            database.unfollow(group, roll);
        }
    }
}
