/**
 * Links to other processes: bytes, handshake and connections. Found by the runtime as a service.
 *
 * <p><b>Rule of this room:</b> only the service entry. Bytes and frames live in {@code wire}, the opening conversation of
 * two nodes in {@code handshake}, sockets and threads in {@code peer}; the first two know neither a socket nor a thread.
 */
package io.messageport.transport;
