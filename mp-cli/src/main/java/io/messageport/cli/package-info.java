/**
 * The {@code mp} command: one class per subcommand.
 */
package io.messageport.cli;
