/**
 * Measurements against a peer: one class per workload.
 */
package io.messageport.benchmarks;
