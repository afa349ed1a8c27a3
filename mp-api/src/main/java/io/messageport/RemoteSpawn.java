package io.messageport;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Grants other nodes the right to create this port class, or to run this static init method, by name ({@code SPN-4}).
 *
 * <p>On a class it grants its construction, {@code pkg.Class}, and nothing else: each static method that others may run
 * as {@code pkg.Class::method} carries the annotation itself, whatever its access.
 *
 * <p>Nothing without this annotation, and not registered by {@link NodeConfig.Builder#spawnable}, is ever created from
 * a name that came over the network; a class is not even initialised before the annotation has been seen.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface RemoteSpawn {}
