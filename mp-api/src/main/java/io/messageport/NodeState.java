package io.messageport;

/** What a node knows of another one ({@code MON-9}). */
public enum NodeState {
    /** Connected, or the asking node itself. */
    UP,
    /** Known, being dialed, or waiting to be used. */
    DOWN,
    /** Never heard of. */
    UNKNOWN
}
