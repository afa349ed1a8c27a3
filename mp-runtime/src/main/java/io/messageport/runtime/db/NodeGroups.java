package io.messageport.runtime.db;

import io.messageport.FamilyChange;
import io.messageport.FamilyListener;
import io.messageport.GroupChange;
import io.messageport.GroupListener;
import io.messageport.GroupRouter;
import io.messageport.Groups;
import io.messageport.Guard;
import io.messageport.Message;
import io.messageport.Port;
import io.messageport.PortId;
import io.messageport.Routing;
import io.messageport.runtime.kernel.Kernel;
import io.messageport.runtime.kernel.Payloads;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Groups as the users of a node see them. Any thread. */
final class NodeGroups implements Groups {
    static final String PUBLICATION = "dbp";

    private static final Logger LOG = LoggerFactory.getLogger(NodeGroups.class);

    private final Kernel kernel;
    private final NodeDatabase database;

    /** Groups that somebody here publishes to and that are followed for that. */
    static final int MOST_FOLLOWED = 1024;

    /** Of the groups that somebody here has published to lately. */
    private final ConcurrentMap<String, Roll> rolls = new ConcurrentHashMap<>();

    NodeGroups(Kernel kernel, NodeDatabase database) {
        this.kernel = kernel;
        this.database = database;
    }

    @Override
    public Guard join(String group, PortId port) {
        return database.register(group, port, null);
    }

    @Override
    public List<PortId> members(String group) throws InterruptedException {
        return database.family(group).ports();
    }

    @Override
    public Guard watch(String group, GroupListener listener) {
        return database.watch(group, told(group, listener));
    }

    @Override
    public Guard watch(Port context, String group, GroupListener listener) {
        return database.watch(context, group, told(group, listener));
    }

    private static FamilyListener told(String group, GroupListener listener) {
        Objects.requireNonNull(listener, "a listener of group " + group + " must not be null");
        return change -> listener.changed(members(change));
    }

    private static GroupChange members(FamilyChange change) {
        return new GroupChange(change.now().ports(), Snapshot.ports(change.added()), Snapshot.ports(change.deleted()));
    }

    // ---- sending ---------------------------------------------------------------------------------------------------

    @Override
    public int publish(String group, Object... message) throws InterruptedException {
        Object payload = Payloads.of(kernel.faces(), Objects.requireNonNull(message, "a message must not be null"));
        Roll.Members members = database.awaitKnown(group, roll(group)).members();
        members.byNode().forEach((node, names) -> {
            if (kernel.router().isSelf(node)) {
                names.forEach(name -> kernel.router().deliver(new PortId(node, name), payload));
            } else {
                Object[] values = Payloads.list(kernel.faces(), payload);
                Object[] publication = new Object[2 + values.length];
                publication[0] = PUBLICATION;
                publication[1] = List.copyOf(names);
                System.arraycopy(values, 0, publication, 2, values.length);
                kernel.router().deliver(node.nodePort(), publication);
            }
        });
        return members.ports().size();
    }

    private Roll roll(String group) {
        Roll known = rolls.get(group);
        Roll roll = known == null ? rolls.computeIfAbsent(group, database::follow) : known;
        roll.usedAt(kernel.clock().nanos());
        if (known == null && rolls.size() > MOST_FOLLOWED) {
            letGoOfTheEldest();
        }
        return roll;
    }

    /** A program may name its groups after what comes and goes: of those that are known, the one used least lately ends. */
    private void letGoOfTheEldest() {
        Map.Entry<String, Roll> eldest = null;
        for (Map.Entry<String, Roll> each : rolls.entrySet()) {
            boolean elder = eldest == null || each.getValue().usedAt() - eldest.getValue().usedAt() < 0;
            if (elder && each.getValue().known().isDone()) {
                eldest = each;
            }
        }
        if (eldest != null && rolls.remove(eldest.getKey(), eldest.getValue())) {
            database.unfollow(eldest.getKey(), eldest.getValue());
        }
    }

    /** How many groups are followed for the sake of publishing. */
    int followed() {
        return rolls.size();
    }

    /** A publication of a peer's: hands it to the ports it names, on the reader, so that it keeps its place in line. */
    static void arrived(Kernel kernel, Message publication) {
        List<?> names = publication.list(1);
        Object[] payload = publication.valuesFrom(2).toArray();
        for (Object name : names) {
            if (name instanceof String text && !text.isEmpty()) {
                kernel.router().arriveHere(text, payload);
            } else {
                LOG.debug("a publication names no port: {}", name);
            }
        }
    }

    @Override
    public GroupRouter router(String group, Routing routing) {
        return new RollRouter(group, Objects.requireNonNull(routing, "a router needs a routing"), kernel, database);
    }
}
