package io.messageport.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which node of a {@link MpTest} a parameter means: {@code @At("b") Node remote}, {@code @At("b") Probe probe}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface At {
    /** The node's ID. */
    String value();
}
