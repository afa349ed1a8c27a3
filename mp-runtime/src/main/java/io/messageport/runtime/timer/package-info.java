/**
 * Deadlines.
 *
 * <p><b>Rule of this room:</b> the only place that knows the system clock. A task of the clock never blocks and never
 * runs user code; it hands over.
 */
package io.messageport.runtime.timer;
