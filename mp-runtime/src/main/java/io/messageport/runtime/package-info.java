/**
 * The node: everything that happens inside one process, knowing other processes only through an SPI.
 */
package io.messageport.runtime;
