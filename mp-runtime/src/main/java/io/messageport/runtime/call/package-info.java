/**
 * Questions under way.
 *
 * <p><b>Rule of this room:</b> every call completes exactly once, and leaves nothing behind: no name, no watch, no
 * deadline ({@code CAL-2}).
 */
package io.messageport.runtime.call;
