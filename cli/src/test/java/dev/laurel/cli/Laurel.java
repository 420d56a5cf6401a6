package dev.laurel.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** The command line, run in this process: what it printed and its exit code. */
public record Laurel(int exit, String out, String err) {
    public static Laurel run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        CommandLine commandLine =
                Main.commandLine(words).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exit = commandLine.execute(words);
        return new Laurel(exit, out.toString().strip(), err.toString().strip());
    }
}
