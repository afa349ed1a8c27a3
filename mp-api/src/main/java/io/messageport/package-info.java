/**
 * Values and contracts: everything a user of messageport names in code.
 *
 * <p><b>Rule of this room:</b> values are immutable and inert, contracts are interfaces or final delegates. No threads,
 * no I/O, no dependencies, no engine names. The contract IDs in the Javadoc (such as {@code SND-5}) are those of the
 * specification; the tests that prove them carry the same IDs as JUnit tags.
 */
package io.messageport;
