package io.messageport.runtime.supervise;

import io.messageport.Child;
import io.messageport.ChildSpec;
import io.messageport.Reason;
import io.messageport.SupervisorSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * Decides what a supervisor does: from what it knows and an event to a list of acts. No thread, no clock and no chance
 * but what comes with the event, so that the same events lead to the same acts.
 *
 * <p>It changes in place rather than being copied for each event: a DYNAMIC supervisor may have a hundred thousand
 * children. Owned by its supervisor.
 */
final class Strategist {
    private final SupervisorSpec spec;
    private final Intensity intensity;

    private final Roster roster = new Roster();

    /** Those to be started yet, the first of them being started. */
    private final Deque<Member> toStart = new ArrayDeque<>();

    private Purpose purpose = Purpose.NONE;
    private boolean finished;

    /** Why children are being started. */
    private enum Purpose {
        NONE,
        BOOT,
        RESTART,
        ASKED_NEW,
        ASKED_AGAIN
    }

    Strategist(SupervisorSpec spec) {
        this.spec = spec;
        this.intensity = new Intensity(spec.intensity(), Member.nanos(spec.period()));
        for (ChildSpec child : spec.children()) {
            Member unused = roster.join(child);
        }
    }

    /** Who there is; for reading. */
    Roster roster() {
        return roster;
    }

    /**
     * One step.
     *
     * @param now nanoseconds, never going back
     * @param dice at least 0, less than 1
     */
    List<Act> on(Event event, long now, double dice) {
        if (finished) {
            return List.of();
        }
        return switch (event) {
            case Event.Boot boot -> start(Purpose.BOOT, roster.all());
            case Event.Started started -> started(started, now);
            case Event.StartFailed failed -> startFailed(failed.reason(), now, dice);
            case Event.Ended ended -> ended(ended, now, dice);
            case Event.Retry retry -> start(Purpose.RESTART, roster.waitingFor(retry.ticket()));
            case Event.StartChild wanted -> startChild(wanted.spec());
            case Event.TerminateChild wanted -> terminateChild(wanted.key());
            case Event.RestartChild wanted -> restartChild(wanted.key());
            case Event.DeleteChild wanted -> deleteChild(wanted.key());
        };
    }

    // ---- starting --------------------------------------------------------------------------------------------------

    private List<Act> start(Purpose why, Collection<Member> inOrder) {
        toStart.addAll(inOrder);
        purpose = why;
        return startNext(null);
    }

    private List<Act> startNext(Member justStarted) {
        Member next = toStart.peekFirst();
        if (next != null) {
            next.life = roster.nextNumber();
            return List.of(new Act.Start(next.key, next.life, next.spec, next.node()));
        }
        Purpose done = purpose;
        purpose = Purpose.NONE;
        return done == Purpose.ASKED_NEW || done == Purpose.ASKED_AGAIN
                ? List.of(new Act.Done(justStarted.seen()))
                : List.of();
    }

    private List<Act> started(Event.Started started, long now) {
        Member member = toStart.removeFirst();
        member.started(started.port(), started.supervisor(), now, purpose != Purpose.BOOT);
        return startNext(member);
    }

    private List<Act> startFailed(Reason reason, long now, double dice) {
        Member failed = toStart.removeFirst();
        Purpose tried = purpose;
        toStart.clear();
        purpose = Purpose.NONE;
        return switch (tried) {
            case BOOT -> finish(failed, reason, "child failed to start");
            case RESTART -> restartAfterFailure(failed, reason, now, dice);
            case ASKED_NEW -> {
                roster.leave(failed);
                yield List.of(new Act.Failed(failed.key, reason));
            }
            case ASKED_AGAIN -> List.of(new Act.Failed(failed.key, reason));
            case NONE -> throw new IllegalStateException("no child was being started");
        };
    }

    // ---- ends and restarts -----------------------------------------------------------------------------------------

    private List<Act> ended(Event.Ended ended, long now, double dice) {
        Member member = roster.find(ended.key());
        if (member == null || !member.isRunning() || member.life != ended.life()) {
            return List.of();
        }
        member.ended(ended.reason(), spec.backoff(), now);
        if (member.comesBackAfter(ended.reason())) {
            return restart(member, ended.reason(), now, dice);
        }
        List<Act> acts = new ArrayList<>();
        if (!ended.reason().isOrderly()) {
            acts.add(new Act.Report(member.key, ended.reason(), "not restarted, it is " + member.spec.restart()));
        }
        settle(member, acts);
        if (member.spec.significant() && endsWithSignificant()) {
            acts.addAll(finish(member, Reason.normal(), "significant child ended"));
        }
        return acts;
    }

    /** What is left of a member that has ended and does not come back by itself. */
    private void settle(Member member, List<Act> acts) {
        member.state = Child.State.STOPPED;
        if (member.gaveUpMailbox()) {
            acts.add(new Act.Release(member.key));
        }
        if (member.spec.restart() == ChildSpec.Restart.TEMPORARY || isDynamic()) {
            roster.leave(member);
        }
    }

    private boolean endsWithSignificant() {
        return switch (spec.autoShutdown()) {
            case NEVER -> false;
            case ANY_SIGNIFICANT -> true;
            case ALL_SIGNIFICANT -> roster.all().stream()
                    .noneMatch(m -> m.spec.significant() && m.state != Child.State.STOPPED);
        };
    }

    private List<Act> restart(Member fallen, Reason reason, long now, double dice) {
        if (!intensity.allows(now)) {
            return finish(fallen, reason, "too many restarts");
        }
        List<Act> acts = new ArrayList<>();
        long delay = fallen.nextDelay(spec.backoff(), dice);
        acts.add(new Act.Report(fallen.key, reason, delay == 0 ? "restarted" : "restarted in " + millis(delay)));
        List<Member> group = stopWith(fallen, acts);
        long ticket = roster.await(group);
        if (delay > 0) {
            acts.add(new Act.Later(ticket, delay));
        } else {
            acts.addAll(start(Purpose.RESTART, roster.waitingFor(ticket)));
        }
        return acts;
    }

    /** A failed restart counts as one more, and is tried again once others have had their turn. */
    private List<Act> restartAfterFailure(Member failed, Reason reason, long now, double dice) {
        if (!intensity.allows(now)) {
            return finish(failed, reason, "too many restarts");
        }
        List<Act> acts = new ArrayList<>();
        long delay = failed.nextDelay(spec.backoff(), dice);
        acts.add(new Act.Report(failed.key, reason, "did not start, tried again in " + millis(delay)));
        long ticket = roster.await(stopWith(failed, acts));
        acts.add(new Act.Later(ticket, delay));
        return acts;
    }

    private static String millis(long nanos) {
        return nanos / 1_000_000 + " ms";
    }

    /** Those that are started together with this one; ends those of them that run. */
    private List<Member> stopWith(Member fallen, List<Act> acts) {
        List<Member> group = new ArrayList<>(switch (spec.strategy()) {
            case ONE_FOR_ONE, DYNAMIC -> List.of(fallen);
            case ONE_FOR_ALL -> roster.all();
            case REST_FOR_ONE -> roster.all().stream().dropWhile(member -> member != fallen).toList();
        });
        stop(group, true, acts);
        group.removeIf(member -> !roster.has(member));
        return group;
    }

    /** Ends those that run, in reverse order of start. */
    private void stop(Collection<Member> inOrder, boolean comeBack, List<Act> acts) {
        List<Act.Ending> endings = new ArrayList<>();
        List<Member> reversed = new ArrayList<>(inOrder);
        Collections.reverse(reversed);
        for (Member member : reversed) {
            if (member.isRunning()) {
                endings.add(member.ending(comeBack));
                if (member.spec.restart() == ChildSpec.Restart.TEMPORARY) {
                    roster.leave(member);
                }
            }
        }
        if (!endings.isEmpty()) {
            acts.add(new Act.Stop(List.copyOf(endings), isDynamic()));
        }
    }

    private List<Act> finish(Member cause, Reason reason, String why) {
        List<Act> acts = new ArrayList<>();
        acts.add(new Act.Report(cause.key, reason, why + ": the supervisor ends"));
        stop(roster.all(), false, acts);
        for (Member member : roster.all()) {
            if (member.gaveUpMailbox()) {
                acts.add(new Act.Release(member.key));
            }
            member.state = Child.State.STOPPED;
        }
        finished = true;
        acts.add(new Act.Finish(reason.isNormal()
                ? Reason.of("shutdown", why, cause.key)
                : Reason.of("shutdown", why, cause.key, reason.toString())));
        return acts;
    }

    // ---- what somebody asks for ------------------------------------------------------------------------------------

    private List<Act> startChild(ChildSpec wanted) {
        Member present = wanted.name().map(roster::find).orElse(null);
        if (present != null) {
            return refused(present, present.isRunning()
                    ? "runs already"
                    : "is known already and " + present.state + ": restart it, or delete it first");
        }
        return start(Purpose.ASKED_NEW, List.of(roster.join(wanted)));
    }

    private List<Act> terminateChild(String key) {
        Member member = roster.find(key);
        if (member == null) {
            return List.of(new Act.Unknown(key));
        }
        List<Act> acts = new ArrayList<>();
        stop(List.of(member), false, acts);
        settle(member, acts);
        acts.add(new Act.Done(member.seen()));
        return acts;
    }

    private List<Act> restartChild(String key) {
        return changing(key, member -> start(Purpose.ASKED_AGAIN, List.of(member)));
    }

    private List<Act> deleteChild(String key) {
        return changing(key, member -> {
            roster.leave(member);
            return List.of(new Act.Done(member.seen()));
        });
    }

    private List<Act> changing(String key, Function<Member, List<Act>> change) {
        Member member = roster.find(key);
        if (member == null) {
            return List.of(new Act.Unknown(key));
        }
        if (isDynamic()) {
            return refused(member,
                    "is that of a DYNAMIC supervisor, which forgets children that end: use terminateChild"
                            + " and startChild");
        }
        return switch (member.state) {
            case RUNNING -> refused(member, "runs: terminate it first");
            case RESTARTING -> refused(member, "is about to be restarted: terminate it first, or wait");
            case STOPPED -> change.apply(member);
        };
    }

    private static List<Act> refused(Member member, String why) {
        return List.of(new Act.Refused("child \"" + member.key + "\" " + why));
    }

    private boolean isDynamic() {
        return spec.strategy() == SupervisorSpec.Strategy.DYNAMIC;
    }
}
