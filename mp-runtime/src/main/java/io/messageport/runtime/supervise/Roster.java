package io.messageport.runtime.supervise;

import io.messageport.Child;
import io.messageport.ChildSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The children of a supervisor, in order of start, and those of them that wait for a restart. */
final class Roster {
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<Long, List<Member>> waiting = new HashMap<>();
    private long numbers;

    /** A number that was not given out before. */
    long nextNumber() {
        return ++numbers;
    }

    Member join(ChildSpec child) {
        Member member = new Member(child.name().orElseGet(() -> "#" + nextNumber()), child);
        members.put(member.key, member);
        return member;
    }

    void leave(Member member) {
        boolean unused = members.remove(member.key, member);
    }

    /** The member of this key, or null. */
    Member find(String key) {
        return members.get(key);
    }

    Collection<Member> all() {
        return members.values();
    }

    boolean has(Member member) {
        return members.get(member.key) == member;
    }

    /** Lets them wait for one restart, and no longer for any other. */
    long await(List<Member> group) {
        long ticket = nextNumber();
        for (Member member : group) {
            member.state = Child.State.RESTARTING;
            member.ticket = ticket;
        }
        waiting.put(ticket, group);
        return ticket;
    }

    /** Those that still wait for this restart. */
    List<Member> waitingFor(long ticket) {
        List<Member> group = new ArrayList<>(waiting.getOrDefault(ticket, List.of()));
        List<Member> unused = waiting.remove(ticket);
        group.removeIf(m -> !has(m) || m.state != Child.State.RESTARTING || m.ticket != ticket);
        return group;
    }

    List<Child> children() {
        return members.values().stream().map(Member::seen).toList();
    }

    Child.Count count() {
        int active = 0;
        int supervisors = 0;
        for (Member member : members.values()) {
            active += member.isRunning() ? 1 : 0;
            supervisors += member.isSupervisor() ? 1 : 0;
        }
        return new Child.Count(members.size(), active, supervisors, members.size() - supervisors);
    }
}
