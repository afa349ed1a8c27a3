package io.messageport.cli;

import io.messageport.cli.chaos.ChaosCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code mp} command; what it does is in its subcommands. */
@Command(name = "mp", description = "Runs and looks at messageport nodes.", mixinStandardHelpOptions = true,
        versionProvider = Mp.Version.class, subcommands = {DemoCommand.class, ChaosCommand.class, ExampleCommand.class})
public final class Mp implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs one command line and exits with its code: 0 done, 1 failed, 2 wrong arguments. */
    public static void main(String... args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine mp = new CommandLine(new Mp());
        // What follows an example's name is the example's own.
        mp.getSubcommands().get("example").setStopAtPositional(true);
        return mp;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? See mp --help.");
    }

    /** Reads the version that the build wrote into the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Mp.class.getPackage().getImplementationVersion();
            String java = Runtime.version().toString();
            return new String[] {"mp " + (version == null ? "(not packaged)" : version) + ", Java " + java};
        }
    }
}
