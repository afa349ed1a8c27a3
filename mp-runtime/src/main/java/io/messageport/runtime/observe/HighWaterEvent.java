package io.messageport.runtime.observe;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A mailbox has filled up to its high-water mark. */
@Name("io.messageport.MailboxHighWater")
@Label("Mailbox high water")
@Description("A mailbox has filled up to its high-water mark.")
@Category("messageport")
@StackTrace(false)
@Enabled(false)
final class HighWaterEvent extends Event {
    @Label("Node")
    String node;

    @Label("Port")
    String port;

    @Label("Depth")
    long depth;

    @Label("Capacity")
    long capacity;
}
