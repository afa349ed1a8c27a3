package io.messageport.cli;

import io.messageport.NodeConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mp example}: runs one of the example programs, or lists them. */
@Command(name = "example", mixinStandardHelpOptions = true,
        description = {"Runs an example program; without a name, lists them.",
            "All take --bind HOST:PORT (default: a free port of 127.0.0.1), --seed HOST:PORT, --secret-file FILE,",
            "and --until-eof, which ends them with their standard input."})
final class ExampleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME ARGUMENT", description = "the example, and what it takes")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        if (words.isEmpty()) {
            for (Example example : Example.values()) {
                spec.commandLine().getOut().println(example.describe());
            }
            return 0;
        }
        Example example = Example.named(words.getFirst()).orElseThrow(() -> new ParameterException(spec.commandLine(),
                "There is no example \"" + words.getFirst() + "\"; \"mp example\" lists them."));
        List<String> args = new ArrayList<>(words.subList(1, words.size()));
        if (!args.contains("--secret-file") && System.getenv(NodeConfig.SECRET_VARIABLE) == null) {
            args.addAll(0, List.of("--secret-file", secretFile()));
        }
        example.run(args.toArray(String[]::new));
        return 0;
    }

    private String secretFile() throws IOException {
        UserSecret secret = UserSecret.ofHome();
        if (secret.createIfMissing()) {
            spec.commandLine().getErr().println("made a secret for your nodes in " + secret.file()
                    + "; copy it to other machines, or set " + NodeConfig.SECRET_VARIABLE);
        }
        return secret.file().toString();
    }
}
