package io.messageport;

/**
 * What a node has counted since its start: messages and values that nobody got. Each count only grows; the counts are
 * read one after the other, not at one moment.
 *
 * @param deadLetters messages that found nobody, without late replies ({@code SND-2})
 * @param lateReplies replies to calls that were over ({@code CAL-2})
 * @param unknownValues values behind the last component of the record a message was read as: those of newer senders. A
 *     port ID at the very end is not counted, since a call puts its reply port there, nor is what is left out of a record
 *     within a record
 * @param untold how many times a listener for dead letters or high water was too slow to be told
 */
public record NodeStatistics(long deadLetters, long lateReplies, long unknownValues, long untold) {}
