/**
 * Measurements between two JVMs on loopback, with a peer or a raw socket beside us in the same run.
 *
 * <p><b>Rule of this room:</b> a workload has a sending and a receiving end, each a class that knows one side of the
 * comparison; the ends run in processes of their own ({@link io.messageport.benchmarks.remote.EndProgram}), and the program
 * that compares ({@link io.messageport.benchmarks.remote.RemoteCompare}) talks to them in lines. Only the receiving end
 * says whether everything has arrived, once and in order; what it does not confirm never becomes a figure.
 */
package io.messageport.benchmarks.remote;
