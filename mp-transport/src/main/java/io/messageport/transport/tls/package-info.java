/**
 * Bytes between two nodes: how they are carried over a socket, and what a node shows of itself.
 *
 * <p><b>Rule of this room:</b> it blocks, on the threads of those who call it, and starts none. It knows nothing of lines
 * and frames, and logs nothing but certificates that were changed. BouncyCastle makes and reads certificates here, and is
 * on no other way.
 *
 * <p>Dialer is TLS client, listener is TLS server; both show a certificate, and TLS itself makes sure that each holds the
 * key of its own. Whose certificate it is, either the shared secret proves ({@link
 * io.messageport.transport.tls.Binding} goes into both proofs) or an authority that both believe.
 */
package io.messageport.transport.tls;
