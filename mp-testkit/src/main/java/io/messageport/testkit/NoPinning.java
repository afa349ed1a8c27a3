package io.messageport.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails a test in which a virtual thread has pinned its carrier, as {@link PinningGuard} sees it; on a class, each of its
 * tests. Goes with {@link MpTest}. As the guard looks at the whole JVM, a test beside it may be the one that pins.
 */
@Documented
@ExtendWith(PinningExtension.class)
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface NoPinning {
    /** Pins shorter than this do not count; 1 or more. */
    int millis() default 20;
}
