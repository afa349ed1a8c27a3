/**
 * Numbered messages between all nodes of a network, and the check of the guarantee on what became of them.
 *
 * <p>On each node of a test stands a {@link io.messageport.testkit.load.Load}: its senders monitor every receiver of every
 * other node, send it messages numbered from 0, and start a new <em>epoch</em>, numbered anew, when the monitor has
 * fired. Senders and receivers write into a {@link io.messageport.testkit.load.Journal}, a mapped file that survives the
 * death of its process. {@link io.messageport.testkit.load.Guarantee} reads the journals of all lives of all nodes and
 * says where they break {@code SND-4}, {@code SND-5} or {@code MON-2}.
 *
 * <p><b>Rule of this room:</b> writing, reading and judging are apart: a load never judges, the judge is a pure function of
 * what was written. Nothing here may hide a fault: what cannot be written down is itself a violation. Times are those of
 * {@link java.lang.System#nanoTime}, which all processes of one machine share on Linux and macOS.
 */
package io.messageport.testkit.load;
