/**
 * Support for testing code that uses ports: nodes, probes, faults and clocks that a test owns.
 */
package io.messageport.testkit;
