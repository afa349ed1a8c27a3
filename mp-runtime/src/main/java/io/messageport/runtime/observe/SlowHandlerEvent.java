package io.messageport.runtime.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** A handler of a callback port has taken its time with one message. */
@Name("io.messageport.SlowHandler")
@Label("Slow handler")
@Description("A handler of a callback port has taken its time with one message.")
@Category("messageport")
@StackTrace(false)
@Enabled(false)
@Threshold("10 ms")
final class SlowHandlerEvent extends Event {
    @Label("Node")
    String node;

    @Label("Port")
    String port;

    @Label("Tag")
    String tag;
}
