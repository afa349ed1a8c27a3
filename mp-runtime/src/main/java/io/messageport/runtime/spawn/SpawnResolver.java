package io.messageport.runtime.spawn;

import io.messageport.Message;
import io.messageport.NodeConfig;
import io.messageport.NodeId;
import io.messageport.Port;
import io.messageport.RemoteSpawn;
import io.messageport.runtime.observe.RareLine;
import io.messageport.spi.Clock;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what a spawn name stands for: an entry of the spawn table, {@code pkg.Class} or {@code pkg.Class::method}
 * ({@code SPN-4}). Stateless; any thread, but it may load classes, so never the thread that reads a socket.
 */
public final class SpawnResolver {
    private static final Logger LOG = LoggerFactory.getLogger(SpawnResolver.class);

    private final NodeConfig config;
    private final RareLine refusals;

    /** A resolver with the grants of this configuration. */
    public SpawnResolver(NodeConfig config, Clock clock) {
        this.config = config;
        refusals = new RareLine(LOG, clock);
    }

    /** What a name stands for. */
    public sealed interface Resolved {
        /** A port class: its constructor makes the port. */
        record PortClass(Constructor<?> constructor, Object[] args) implements Resolved {
            /** Constructs the port; its core must have been offered to this thread. */
            public Port construct() throws Exception {
                return (Port) unwrap(() -> constructor.newInstance(args));
            }
        }

        /** A function that sets a plain port up. */
        record Init(NodeConfig.SpawnInit function, Message args) implements Resolved {}
    }

    /** Whether the name can be one: it must contain a package separator ({@code SPN-1}). */
    public static void requireName(String name) {
        if (Objects.requireNonNull(name, "spawn needs the name of an init, not null").indexOf('.') <= 0) {
            throw new IllegalArgumentException("\"" + name + "\" names no init: it must contain its package, such as"
                    + " org.example.ChatSession or org.example.Chat::init");
        }
    }

    /**
     * Resolves a name on behalf of a node.
     *
     * @throws SpawnRefusedException when it is not granted, does not exist or does not take these arguments; the text
     *     says which
     */
    public Resolved resolve(NodeId asking, String name, Message args) {
        try {
            return granted(asking, name, args);
        } catch (SpawnRefusedException e) {
            refused(asking, name, e.getMessage());
            throw e;
        }
    }

    /** Logs that a node may not spawn; any node may ask for anything as often as it likes. */
    public void refused(NodeId asking, String name, String why) {
        refusals.warn("spawn of {} asked by node {} refused: {}", name, asking, why);
    }

    private Resolved granted(NodeId asking, String name, Message args) {
        NodeConfig.SpawnInit registered = config.spawnable().get(name);
        Resolved found = registered != null ? new Resolved.Init(registered, args) : byReflection(name, args);
        if (!config.spawnFilter().test(asking, name)) {
            throw new SpawnRefusedException("the spawn filter does not let node " + asking + " spawn " + name);
        }
        return found;
    }

    private Resolved byReflection(String name, Message args) {
        int split = name.indexOf("::");
        Class<?> type = load(split < 0 ? name : name.substring(0, split), name);
        return split < 0 ? portClass(type, name, args) : staticMethod(type, name.substring(split + 2), name, args);
    }

    private static Class<?> load(String className, String name) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(className, false, loader != null ? loader : SpawnResolver.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new SpawnRefusedException("unable to resolve function '" + name + "': no class " + className, e);
        } catch (LinkageError e) {
            throw new SpawnRefusedException("unable to load " + className + ": " + e, e);
        }
    }

    private Resolved portClass(Class<?> type, String name, Message args) {
        if (!type.isAnnotationPresent(RemoteSpawn.class)) {
            throw ungranted(name);
        }
        if (!Port.class.isAssignableFrom(type) || Modifier.isAbstract(type.getModifiers())) {
            throw new SpawnRefusedException(type.getName() + " carries @RemoteSpawn, but is no concrete class that"
                    + " extends Port");
        }
        List<Constructor<?>> fitting = new ArrayList<>();
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == args.size()) {
                fitting.add(constructor);
            }
        }
        Constructor<?> constructor = only(fitting, "constructor of " + name, args);
        return new Resolved.PortClass(accessible(constructor), convert(constructor, 0, name, args));
    }

    private Resolved staticMethod(Class<?> type, String methodName, String name, Message args) {
        List<Method> fitting = new ArrayList<>();
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(methodName)
                    && Modifier.isStatic(method.getModifiers())
                    && method.isAnnotationPresent(RemoteSpawn.class)) {
                fitting.add(method);
            }
        }
        if (fitting.isEmpty()) {
            throw ungranted(name);
        }
        fitting.removeIf(method -> method.getParameterCount() - leading(method) != args.size());
        Method method = accessible(only(fitting, "static method " + name, args));
        Object[] converted = convert(method, leading(method), name, args);
        return new Resolved.Init(
                (self, values) -> {
                    var ignored = unwrap(() -> method.invoke(null, withSelf(method, self, converted)));
                },
                args);
    }

    private static int leading(Method method) {
        return method.getParameterCount() > 0 && method.getParameterTypes()[0] == Port.class ? 1 : 0;
    }

    private static Object[] withSelf(Method method, Port self, Object[] converted) {
        if (leading(method) == 0) {
            return converted;
        }
        Object[] all = new Object[converted.length + 1];
        all[0] = self;
        System.arraycopy(converted, 0, all, 1, converted.length);
        return all;
    }

    private Object[] convert(Executable target, int from, String name, Message args) {
        Type[] types = target.getGenericParameterTypes();
        Object[] converted = new Object[args.size()];
        for (int i = 0; i < converted.length; i++) {
            converted[i] = config.faces().convert(args.get(i), types[from + i], "argument " + i + " of " + name);
        }
        return converted;
    }

    private static <E extends Executable> E only(List<E> fitting, String what, Message args) {
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        throw new SpawnRefusedException((fitting.isEmpty() ? "no " : "more than one ") + what + " takes " + args.size()
                + " argument(s) " + args);
    }

    private static <E extends Executable> E accessible(E target) {
        try {
            target.setAccessible(true);
            return target;
        } catch (RuntimeException e) {
            throw new SpawnRefusedException(target + " is not open to messageport: make it public, or open its package"
                    + " to io.messageport.runtime", e);
        }
    }

    private static SpawnRefusedException ungranted(String name) {
        return new SpawnRefusedException("spawning " + name + " is not granted on this node: annotate the port class"
                + ", or the static method itself, with @RemoteSpawn, or register the name with NodeConfig.spawnable");
    }

    /** A reflective call. */
    @FunctionalInterface
    private interface Reflective {
        Object call() throws ReflectiveOperationException;
    }

    private static Object unwrap(Reflective call) throws Exception {
        try {
            return call.call();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }
}
