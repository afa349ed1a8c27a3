package io.messageport.testkit;

import io.messageport.NodeConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What to start in a JVM of its own: a class with a {@code main}, on the class path and with the Java of this JVM.
 * Immutable: each method gives a copy.
 *
 * @param name for people, and of the log that is kept; the class's simple name unless set
 * @param main the class whose {@code main} runs
 * @param arguments of {@code main}
 * @param options of the JVM, behind those every fork has: quick start, serial collector, 256 MB of heap
 * @param under a command that runs the JVM, such as {@code ip netns exec NAME}; it must become the JVM, not its parent,
 *     so that signals reach it. Empty for none
 * @param environment variables added to those of this JVM
 */
public record Launch(
        String name,
        Class<?> main,
        List<String> arguments,
        List<String> options,
        List<String> under,
        Map<String, String> environment) {

    /** Takes private copies. */
    public Launch {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(main, "main");
        arguments = List.copyOf(arguments);
        options = List.copyOf(options);
        under = List.copyOf(under);
        environment = Map.copyOf(environment);
    }

    /** The class with these arguments, and nothing else special. */
    public static Launch of(Class<?> main, String... arguments) {
        return new Launch(main.getSimpleName(), main, List.of(arguments), List.of(), List.of(), Map.of());
    }

    /** Under this name. */
    public Launch named(String chosen) {
        return new Launch(chosen, main, arguments, options, under, environment);
    }

    /** With these arguments instead. */
    public Launch with(String... changed) {
        return new Launch(name, main, List.of(changed), options, under, environment);
    }

    /** With these options of the JVM as well; a later one wins over an earlier one. */
    public Launch options(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new Launch(name, main, arguments, all, under, environment);
    }

    /** Run by this command. */
    public Launch under(String... command) {
        return new Launch(name, main, arguments, options, List.of(command), environment);
    }

    /** With this variable in its environment. */
    public Launch variable(String key, String value) {
        Map<String, String> all = new HashMap<>(environment);
        all.put(key, value);
        return new Launch(name, main, arguments, options, under, all);
    }

    /** With this secret for the nodes it starts. */
    public Launch secret(String secret) {
        return variable(NodeConfig.SECRET_VARIABLE, secret);
    }

    List<String> command() {
        List<String> command = new ArrayList<>(under);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Started often and for short: no optimising compiler, no collector threads.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m"));
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** Name, class and arguments; not the environment, which has the secret. */
    @Override
    public String toString() {
        return name + ": " + main.getName() + ' ' + String.join(" ", arguments);
    }
}
