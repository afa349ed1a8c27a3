package io.messageport;

/** On which kind of thread something runs. */
public enum ThreadKind {
    /** A virtual thread: costs next to nothing while it waits, and waits for a turn behind other virtual threads. */
    VIRTUAL,

    /** A thread of the operating system: costs a stack, and gets its share of the processors whatever others do. */
    PLATFORM
}
