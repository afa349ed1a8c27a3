package io.messageport.testkit.load;

/**
 * One sender, in one life of its node, and one receiver by its name, over all lives of its node.
 *
 * @param from the number of the sender's node
 * @param fromLife which life of that node, from 0
 * @param sender the number of the sender on its node
 * @param to the number of the receiver's node
 * @param receiver the number of the receiver on its node
 */
public record Stream(int from, int fromLife, int sender, int to, int receiver) implements Comparable<Stream> {
    @Override
    public int compareTo(Stream other) {
        int order = Integer.compare(from, other.from);
        order = order != 0 ? order : Integer.compare(fromLife, other.fromLife);
        order = order != 0 ? order : Integer.compare(sender, other.sender);
        order = order != 0 ? order : Integer.compare(to, other.to);
        return order != 0 ? order : Integer.compare(receiver, other.receiver);
    }

    /** Such as {@code n1.0/s2 -> n3/r0}: node 1 in its first life, sender 2, to receiver 0 of node 3. */
    @Override
    public String toString() {
        return "n" + from + '.' + fromLife + "/s" + sender + " -> n" + to + "/r" + receiver;
    }
}
