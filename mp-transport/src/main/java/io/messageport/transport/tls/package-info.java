/**
 * Bytes between two nodes: how they are carried over a socket.
 *
 * <p><b>Rule of this room:</b> it blocks, on the threads of those who call it, and starts none. It knows nothing of lines,
 * frames or nodes, and does not log.
 */
package io.messageport.transport.tls;
