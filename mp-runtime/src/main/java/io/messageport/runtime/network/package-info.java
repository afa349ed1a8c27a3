/**
 * The other nodes: which are connected, where they are, what they ask.
 *
 * <p><b>Rule of this room:</b> talks to peers only in ordinary messages between node ports, so that it runs unchanged
 * over any transport. What runs on a link's reader thread here never blocks.
 *
 * <p>The messages of a node port, as {@link io.messageport.runtime.network.NodePort} dispatches them:
 *
 * <pre>
 *   mon1 port             tell me when it dies
 *   mon0 port             no longer
 *   kil0 port reason...   it died
 *   kil  port reason...   kill it
 *   spw  port init [args] open it and run init
 *   here address...       where I listen
 *   find node             where is it?
 *   at   node address...  there
 * </pre>
 */
package io.messageport.runtime.network;
