/**
 * Who starts whom again: the decisions of a supervisor, and the port that carries them out.
 *
 * <p><b>Rule of this room:</b> {@link io.messageport.runtime.supervise.Strategist} decides and does nothing; it knows no
 * thread, no clock and no port. {@link io.messageport.runtime.supervise.SupervisorPort} does what it says, on the thread
 * of the supervisor, and may block there.
 */
package io.messageport.runtime.supervise;
