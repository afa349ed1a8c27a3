package io.messageport.face;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a trailing record component when a message ends before it, as older senders' messages do.
 *
 * <p>{@code record Say(String text, @Default("en") String language)} reads {@code ("say", "hello")} as well. The text
 * is parsed by the component's type when the {@link Face} is derived: numbers in decimal, {@code true} or
 * {@code false}, one character, the name of an enum constant, ISO text for times, the text of IDs; within an
 * {@code Optional} the value in it; with a {@link ValueCodec}, what its {@code fromValue} makes of the text. Lists,
 * maps, arrays and records take no default text.
 *
 * <p>Without it, {@code Optional}, {@code List}, {@code Set} and {@code Map} components are empty when missing, and any
 * other missing component is a mismatch. A null in the message is a value, not a missing one.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Default {
    /** The text to parse. */
    String value();
}
