/**
 * The typed face of messages: records on one side, tagged lists of values on the other ({@code RCV-3}).
 *
 * <p><b>Rule of this room:</b> pure conversions. No threads, no I/O, no state but what is derived from a class once and
 * kept with that class. Used by the engine and the transport, and free for users.
 */
package io.messageport.face;
