package io.messageport.runtime.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A port has died. */
@Name("io.messageport.PortDeath")
@Label("Port death")
@Description("A port has died.")
@Category("messageport")
@StackTrace(false)
@Enabled(false)
final class PortDeathEvent extends Event {
    @Label("Node")
    String node;

    @Label("Port")
    String port;

    @Label("Reason")
    String reason;

    @Label("Normal")
    boolean normal;
}
