/**
 * Values and contracts: no threads, no I/O, no dependencies.
 */
package io.messageport;
