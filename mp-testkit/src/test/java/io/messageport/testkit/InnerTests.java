package io.messageport.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What became of the tests of a class that runs within a test, such as one that must fail.
 *
 * @param passed how many
 * @param failures of those that did not pass
 */
record InnerTests(int passed, List<Throwable> failures) {
    static InnerTests run(Class<?> tests) {
        return run(tests, Map.of());
    }

    /** Runs them with these configuration parameters. */
    static InnerTests run(Class<?> tests, Map<String, String> parameters) {
        int[] passed = new int[1];
        List<Throwable> failures = new ArrayList<>();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(tests))
                .configurationParameters(parameters)
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(failures::add);
                if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                    passed[0]++;
                }
            }
        });
        return new InnerTests(passed[0], failures);
    }

    /** The text of the only failure. */
    String failure() {
        if (failures.size() != 1) {
            throw new AssertionError("one failure expected, not " + failures);
        }
        return failures.getFirst().getMessage();
    }
}
