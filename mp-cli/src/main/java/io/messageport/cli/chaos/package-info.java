/**
 * {@code mp chaos}: real processes under numbered load, killed, stopped, cut and healed in an order drawn from a seed, and
 * the check of the guarantee on what they wrote down.
 *
 * <p><b>Rule of this room:</b> what happens is decided beforehand ({@link io.messageport.cli.chaos.Storm}, pure), done by
 * one thread ({@link io.messageport.cli.chaos.Chaos}), and judged by the testkit. Whatever waits has a deadline; whatever
 * was started is ended, however the run ends.
 */
package io.messageport.cli.chaos;
