package io.messageport.runtime.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A message found nobody to handle it. */
@Name("io.messageport.DeadLetter")
@Label("Dead letter")
@Description("A message found nobody to handle it.")
@Category("messageport")
@StackTrace(false)
@Enabled(false)
final class DeadLetterEvent extends Event {
    @Label("Node")
    String node;

    @Label("Target")
    String target;

    @Label("Tag")
    String tag;

    @Label("Cause")
    String cause;
}
