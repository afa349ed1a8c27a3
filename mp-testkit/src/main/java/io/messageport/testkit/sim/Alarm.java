package io.messageport.testkit.sim;

/** Something due at a moment of simulated time. Those of one moment come in the order in which they were set. */
final class Alarm implements Comparable<Alarm> {
    final long time;
    private final long number;

    /** Where its task goes when it is due; null for the end of a wait, which has none. */
    final Lane lane;

    private final Runnable task;
    private boolean over;

    Alarm(long time, long number, Lane lane, Runnable task) {
        this.time = time;
        this.number = number;
        this.lane = lane;
        this.task = task;
    }

    boolean isOver() {
        return over;
    }

    /** Whether this call prevented it. */
    boolean cancel() {
        boolean first = !over;
        over = true;
        return first;
    }

    void run() {
        if (cancel()) {
            task.run();
        }
    }

    @Override
    public int compareTo(Alarm other) {
        int byTime = Long.compare(time, other.time);
        return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
}
