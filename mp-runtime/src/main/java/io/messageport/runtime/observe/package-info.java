/**
 * What can be seen of a running node from outside: flight recorder events, dead letters, traces.
 *
 * <p><b>Rule of this room:</b> knows the values of the API and the clock, and nothing of the kernel, which calls in. Costs
 * nothing but a branch while nobody looks. Whoever is told is told on the callback thread, over a bounded
 * {@link io.messageport.runtime.observe.Feed}; what does not fit is counted.
 */
package io.messageport.runtime.observe;
