/**
 * Where the engine meets the API: for the implementation of messageport, not for its users.
 *
 * <p><b>Rule of this room:</b> only what {@link io.messageport.Port}, {@link io.messageport.Message} and
 * {@link io.messageport.Node} need from an engine, or an engine needs from them. May change between minor versions.
 */
package io.messageport.spi;
