/**
 * Support for testing code that uses ports: nodes over the real transport, other JVMs, and ports that remember.
 *
 * <p><b>Rule of this room:</b> everything has one deadline and an end. Whatever waits, waits for a state and never for a
 * time; when the deadline passes, it throws an {@link java.lang.AssertionError} that shows what did happen. Whatever
 * is started, a node, a process, is closed by the {@link io.messageport.testkit.TestNodes} that started it. Used from
 * test threads; depends on nothing that only tests may depend on but JUnit and awaitility.
 */
package io.messageport.testkit;
