package io.messageport.runtime.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A port can be reached. */
@Name("io.messageport.PortStart")
@Label("Port start")
@Description("A port can be reached.")
@Category("messageport")
@StackTrace(false)
@Enabled(false)
final class PortStartEvent extends Event {
    @Label("Node")
    String node;

    @Label("Port")
    String port;
}
