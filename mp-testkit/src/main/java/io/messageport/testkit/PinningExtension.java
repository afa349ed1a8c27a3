package io.messageport.testkit;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link NoPinning} brings into JUnit: a guard around each test, without what is before and after it. */
final class PinningExtension implements BeforeTestExecutionCallback, AfterTestExecutionCallback {
    private static final ExtensionContext.Namespace STORE =
            ExtensionContext.Namespace.create(PinningExtension.class);

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        Optional<NoPinning> found =
                AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), NoPinning.class);
        for (Class<?> type = context.getRequiredTestClass(); found.isEmpty() && type != null;
                type = type.getEnclosingClass()) {
            found = AnnotationSupport.findAnnotation(type, NoPinning.class);
        }
        context.getStore(STORE).put(PinningGuard.class,
                PinningGuard.start(Duration.ofMillis(found.orElseThrow().millis())));
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        PinningGuard guard = context.getStore(STORE).remove(PinningGuard.class, PinningGuard.class);
        if (guard != null) {
            guard.close();
        }
    }
}
