/**
 * The opening conversation of two nodes: who is there, does it know the secret, and is this socket the one to use.
 *
 * <p><b>Rule of this room:</b> pure. {@code (state, line) -> step}; no sockets, no threads, no time, no logging. All
 * randomness is passed in. Nothing a stranger says has any effect before its proof is verified.
 *
 * <p>The conversation is symmetric ({@code CON-1}): each side sends greeting and nonce at once and its proof when it has
 * the other's. Then the node with the smaller (node ID, incarnation) decides ({@code CON-3}): the other offers its link,
 * the decider accepts or refuses, and only an accepted socket ever carries frames.
 *
 * <pre>
 *   greeting   messageport;1;NODE;hmac_sha256;msgpack;incarnation=HEX16;limit=BYTES[;resume=1][;key=value...]
 *   nonce      HEX64
 *   proof      hmac_sha256;HEX64
 *   offer      link;HEX16[;resume=HEX16[;broken=1]]   by the other, to the decider
 *   verdict    accept;HEX16[;received=HEX16]      by the decider
 *   verdict    unknown                            by the decider, which awaits another offer
 *   any time   refuse;CODE;TEXT                   and the socket closes
 * </pre>
 *
 * <p>Keys that are not known are ignored. A link that has been up before is offered with the decider's number for it
 * ({@code resume}); the decider goes on with it and says how many numbered frames have arrived ({@code received}), or
 * does not know it any more ({@code CON-5}).
 */
package io.messageport.transport.handshake;
