package io.messageport;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The ports of a node as a tree, as they were found when it was asked for: a snapshot that is not taken at one instant,
 * so a port that came or went meanwhile may be in it or not. {@link #toString} prints it, a line a port.
 *
 * <p>The methods written here work at any depth; {@code equals} and {@code hashCode} are those of a record, which call
 * themselves for the children, and overflow the stack in a tree some thousand levels deep.
 *
 * @param name the port's name, or that of a branch: the node ID at the root, {@code system} and {@code user} below it
 * @param id the port's ID; empty for a branch
 * @param type the simple name of the port's class; empty for a branch
 * @param state what it is doing
 * @param depth messages that wait in it, beside the one being handled: in the mailbox, in its stashes, and those that a
 *     threaded port has received from its mailbox and not taken
 * @param oldest the age of the oldest of these, zero when none waits. It has waited at least that long, and longer by no
 *     more than 2 milliseconds or a sixty-fourth of its age, whichever is more, and what the machine delays the thread
 *     that looks
 * @param busyFor for how long it has been at what it is at, zero when it is at nothing: the handler that runs now, or the
 *     code of a threaded port since it last came back from a {@code receive}; at least that long, and longer by no more
 *     than 2 milliseconds and that delay. In a simulation, and for a port that waits for a thread or whose life has ended
 *     while a handler runs, it is the time since the first of those calls of {@code tree()} that have found it so
 * @param restarts how often its supervisor has started it again
 * @param children in order of start; those at the top in no order
 */
public record PortTree(
        String name,
        Optional<PortId> id,
        String type,
        State state,
        int depth,
        Duration oldest,
        Duration busyFor,
        long restarts,
        List<PortTree> children) {
    /** What a port is doing. */
    public enum State {
        /** Not a port, but what holds some together. */
        BRANCH,
        /** Nothing: no message waits. */
        IDLE,
        /** Handling a message, or about to. */
        BUSY,
        /** It has died, and its children are ending or its last handler is. */
        ENDING,
        /** It has died, and its mailbox waits for its next life ({@code ID-5}). */
        RESTARTING
    }

    /** Takes a private copy of the list. */
    public PortTree {
        children = List.copyOf(children);
    }

    /** How many ports this is, itself included unless it is a branch. */
    public int size() {
        int ports = 0;
        Deque<PortTree> unseen = new ArrayDeque<>();
        unseen.push(this);
        while (!unseen.isEmpty()) {
            PortTree each = unseen.pop();
            ports += each.state == State.BRANCH ? 0 : 1;
            each.children.forEach(unseen::push);
        }
        return ports;
    }

    /** The first port of this name, in the order in which they are printed. */
    public Optional<PortTree> find(String portName) {
        Deque<PortTree> unseen = new ArrayDeque<>();
        unseen.push(this);
        while (!unseen.isEmpty()) {
            PortTree each = unseen.pop();
            if (each.state != State.BRANCH && each.name.equals(portName)) {
                return Optional.of(each);
            }
            each.children.reversed().forEach(unseen::push);
        }
        return Optional.empty();
    }

    /** What is left to print of one level, and what stands before its lines. */
    private record Level(Iterator<PortTree> unseen, String indent) {}

    /** The tree as text, a line a port. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        printLine(text);
        Deque<Level> open = new ArrayDeque<>();
        open.push(new Level(children.iterator(), ""));
        while (!open.isEmpty()) {
            Level level = open.element();
            if (!level.unseen.hasNext()) {
                open.pop();
                continue;
            }
            PortTree child = level.unseen.next();
            boolean last = !level.unseen.hasNext();
            text.append(level.indent).append(last ? "└─ " : "├─ ");
            child.printLine(text);
            open.push(new Level(child.children.iterator(), level.indent + (last ? "   " : "│  ")));
        }
        return text.toString();
    }

    private void printLine(StringBuilder text) {
        text.append(name);
        if (state != State.BRANCH) {
            text.append(' ').append(type).append(' ').append(state);
        }
        if (depth > 0) {
            text.append(", ").append(depth).append(" waiting");
        }
        if (oldest.toMillis() > 0) {
            text.append(" for ").append(oldest.toMillis()).append(" ms");
        }
        if (busyFor.toMillis() > 0) {
            text.append(", busy for ").append(busyFor.toMillis()).append(" ms");
        }
        if (restarts > 0) {
            text.append(", restarts: ").append(restarts);
        }
        text.append('\n');
    }
}
