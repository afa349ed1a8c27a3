/**
 * What the database costs in a network of many nodes, all in this JVM and joined in memory.
 *
 * <p><b>Rule of this room:</b> what a figure counts is seen from outside, in what listeners are told and what links are
 * given to send; nothing here reaches into the engine.
 */
package io.messageport.benchmarks.database;
