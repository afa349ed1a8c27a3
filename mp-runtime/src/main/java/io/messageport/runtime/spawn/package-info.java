/**
 * From a name to a new port's init.
 *
 * <p><b>Rule of this room:</b> a name that came over the network reaches nothing without a grant: the annotation {@link
 * io.messageport.RemoteSpawn} or an entry in the node's spawn table. A class is loaded without being initialised, and
 * looked at, before anything of it runs ({@code SPN-4}).
 */
package io.messageport.runtime.spawn;
