/**
 * Peers that know the secret and mean harm, and bytes that would like to be objects.
 *
 * <p><b>Rule of this room:</b> the victim is a whole node over real sockets; every test has an honest peer beside the
 * hostile one, which must notice nothing.
 */
package io.messageport.testkit.hostile;
