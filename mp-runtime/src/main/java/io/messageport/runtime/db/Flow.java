package io.messageport.runtime.db;

import io.messageport.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * All that one peer is told: its feeds, and how much of them may be on its way. So a peer that is far behind is brought up
 * in parts, between which other messages find their place, and what waits for it takes no memory.
 */
final class Flow {
    /** What may be on its way, in units of {@link Change#weight}. */
    static final int WINDOW = 2048;

    /** What one message may carry. */
    private static final int MOST_AT_ONCE = 256;

    private final NodeId peer;
    private final Map<String, Feed> feeds = new LinkedHashMap<>();
    private final Set<Feed> due = new LinkedHashSet<>();
    private final Consumer<Flow> whenDue;
    private int underWay;

    /** To a peer; {@code whenDue} is told when there is something to be sent. */
    Flow(NodeId peer, Consumer<Flow> whenDue) {
        this.peer = peer;
        this.whenDue = whenDue;
    }

    NodeId peer() {
        return peer;
    }

    /** A feed of a family, or of whole shards when empty, in the place of one there was. */
    Feed begin(String family, long asked) {
        Feed unused = end(family);
        Feed[] made = new Feed[1];
        made[0] = new Feed(peer, family, asked, () -> {
            due.add(made[0]);
            whenDue.accept(this);
        });
        feeds.put(family, made[0]);
        return made[0];
    }

    /** The feed of a family, or of whole shards when empty; null when there is none. */
    Feed feed(String family) {
        return feeds.get(family);
    }

    /** Ends a feed; null when there was none. */
    Feed end(String family) {
        Feed ended = feeds.remove(family);
        if (ended != null) {
            due.remove(ended);
        }
        return ended;
    }

    Collection<Feed> feeds() {
        return feeds.values();
    }

    int size() {
        return feeds.size();
    }

    /** So much has arrived. */
    void arrived(int weight) {
        underWay = Math.max(0, underWay - Math.max(0, weight));
        if (!due.isEmpty()) {
            whenDue.accept(this);
        }
    }

    /** What can be sent at present; feed by feed in turn, so that small ones pass large ones. */
    List<Object[]> take() {
        List<Object[]> messages = new ArrayList<>();
        boolean sending = true;
        while (sending && !due.isEmpty()) {
            sending = false;
            for (Feed feed : List.copyOf(due)) {
                if (feed.isBehind() && underWay < WINDOW) {
                    Delta delta = feed.next(Math.min(MOST_AT_ONCE, WINDOW - underWay));
                    underWay += delta.weight();
                    messages.add(delta.message());
                    sending = true;
                }
                if (!feed.isBehind()) {
                    due.remove(feed);
                    if (feed.opens()) {
                        messages.add(new Object[] {"dbe", feed.family(), feed.asked()});
                    }
                }
            }
        }
        return messages;
    }
}
