package io.messageport;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The tag a record travels under; without it, the record's simple name with the first letter in lower case.
 *
 * <p>{@code @Tag("say") record Chat(String text)} is the typed face of the message {@code ("say", text)}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Tag {
    /** The first value of the message; not empty. */
    String value();
}
