/**
 * Small complete programs, each meant to be read from top to bottom.
 */
package io.messageport.examples;
