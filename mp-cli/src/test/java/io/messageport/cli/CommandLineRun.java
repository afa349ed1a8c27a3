package io.messageport.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * A command line, run in this process.
 *
 * @param code the exit code
 * @param out standard output
 * @param err standard error
 */
record CommandLineRun(int code, String out, String err) {
    static CommandLineRun of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine mp = Mp.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
        int code = mp.execute(args);
        return new CommandLineRun(code, out.toString(), err.toString());
    }

    @Override
    public String toString() {
        return "code " + code + "\n" + out + err;
    }
}
