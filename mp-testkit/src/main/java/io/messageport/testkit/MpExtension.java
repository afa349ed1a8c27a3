package io.messageport.testkit;

import io.messageport.Node;
import io.messageport.testkit.fault.FaultyNetwork;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContextException;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What {@link MpTest} brings into JUnit: makes the {@link Session} of a test before its instance is constructed, fills
 * parameters from it, and leaves it to JUnit's store to close it after everything else of the test.
 *
 * <p>May stand on a class by itself, {@code @ExtendWith(MpExtension.class)}: then each test has one node.
 */
public final class MpExtension implements TestInstancePreConstructCallback, BeforeEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(MpExtension.class);
    private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";

    /** What holds where nothing is said. */
    @MpTest
    private static final class Unsaid {}

    /** For JUnit. */
    public MpExtension() {}

    /** One instance of a test class for each test: constructor and test then share a session. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext instance, ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            Session unused = session(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Session unused = session(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Node.class || type == Probe.class || type == TestNodes.class || type == LeakCheck.class
                || FaultyNetwork.class.isAssignableFrom(type)
                || isAllNodes(parameter.getParameter());
    }

    private static boolean isAllNodes(Parameter parameter) {
        return parameter.getType() == Node[].class
                || parameter.getParameterizedType() instanceof ParameterizedType list
                        && list.getRawType() == List.class
                        && list.getActualTypeArguments()[0] == Node.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("the nodes of @MpTest live as long as one test: take them in a test,"
                    + " in @BeforeEach, or in the constructor of a class with an instance for each test");
        }
        Session session = session(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == Node.class) {
            return named(parameter).map(session::node).orElseGet(() -> session.node(position(parameter)));
        } else if (type == Probe.class) {
            return Probe.on(named(parameter).map(session::node).orElseGet(() -> session.node(0)));
        } else if (type == TestNodes.class) {
            return session.nodes();
        } else if (FaultyNetwork.class.isAssignableFrom(type)) {
            return session.nodes().network();
        } else if (type == LeakCheck.class) {
            return session.check();
        }
        List<Node> all = session.mesh();
        return type == List.class ? all : all.toArray(Node[]::new);
    }

    private static Optional<String> named(ParameterContext parameter) {
        return parameter.findAnnotation(At.class).map(At::value);
    }

    /** How many parameters before this one are nodes without a name. */
    private static int position(ParameterContext parameter) {
        int position = 0;
        Parameter[] all = parameter.getDeclaringExecutable().getParameters();
        for (int i = 0; i < parameter.getIndex(); i++) {
            if (all[i].getType() == Node.class && !all[i].isAnnotationPresent(At.class)) {
                position++;
            }
        }
        return position;
    }

    private static Session session(ExtensionContext context) {
        return context.getStore(STORE).computeIfAbsent(Session.class, key -> begin(context), Session.class);
    }

    private static Session begin(ExtensionContext context) {
        MpTest test = settings(context);
        if (test.leakCheck()) {
            refuseCompany(context);
        }
        return new Session(test);
    }

    private static MpTest settings(ExtensionContext context) {
        Optional<MpTest> found = AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), MpTest.class);
        for (Class<?> type = context.getRequiredTestClass(); found.isEmpty() && type != null;
                type = type.getEnclosingClass()) {
            found = AnnotationSupport.findAnnotation(type, MpTest.class);
        }
        return found.orElseGet(() -> Unsaid.class.getAnnotation(MpTest.class));
    }

    private static void refuseCompany(ExtensionContext context) {
        boolean parallel = context.getConfigurationParameter(PARALLEL).map(Boolean::parseBoolean).orElse(false);
        boolean alone = false;
        for (Class<?> type = context.getRequiredTestClass(); !alone && type != null; type = type.getEnclosingClass()) {
            alone = AnnotationSupport.isAnnotated(type, Isolated.class);
        }
        if (parallel && !alone) {
            throw new ExtensionContextException("@MpTest looks for threads and sockets that are left in the JVM, and"
                    + " cannot tell its own from those of tests that run beside it: mark "
                    + context.getRequiredTestClass().getSimpleName()
                    + " with @Isolated, or set leakCheck = false (parallel execution is on)");
        }
    }
}
