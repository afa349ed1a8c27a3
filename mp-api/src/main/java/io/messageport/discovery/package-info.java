/**
 * Where a node learns the addresses of its seeds.
 *
 * <p><b>Rule of this room:</b> sources of addresses, and nothing that connects to one. What stands here may read files and
 * ask name servers, and is therefore called on threads that may block.
 */
package io.messageport.discovery;
