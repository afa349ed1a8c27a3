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
 *   here address...       where I listen; nowhere, when there is none
 *   find node             where is it? A global node asks the other global nodes
 *   find node asker address...
 *                         the same, passed on for the asker, who listens there: answer from what you know
 *   at   node address...  there; nobody knows, when there is none
 *   deaf node             it is up, but listens nowhere
 *   want node address...  to one that is deaf: that node looks for you, connect to it
 *   role "global"         I am global, and stay so
 *   seed                  you are a seed of mine: be global
 *   mas                   you are my master: be global
 *   mas0                  no longer
 *   glob node address...  a global node that you may not know
 *   idle                  I have no use for this connection; do you?
 *   idle0                 yes
 *   idle1                 no; and I close it, once all that I have sent is through
 *   db...                 of the database, see {@link io.messageport.runtime.network.RoleListener}
 * </pre>
 */
package io.messageport.runtime.network;
