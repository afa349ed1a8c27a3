/**
 * Links to other processes: bytes, handshake and connections. Found by the runtime as a service.
 */
package io.messageport.transport;
