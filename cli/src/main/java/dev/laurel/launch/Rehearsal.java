package dev.laurel.launch;

import dev.laurel.cli.Main;
import dev.laurel.program.Program;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Runs commands in a folder, offline. The short ones, which a person waits for, are what a cache is to know the classes of: each class more
 * makes each start longer, also of commands that never use it.
 */
final class Rehearsal {
    private final Path repository;

    private Rehearsal(Path repository) {
        this.repository = repository;
    }

    /** @param arguments what to do, and the models repository to do it in */
    public static void main(String[] arguments) {
        Program.begin();
        Rehearsal rehearsal = new Rehearsal(Path.of(arguments[1]));
        switch (arguments[0]) {
            case "prepare" -> rehearsal.prepare();
            case "rehearse" -> rehearsal.rehearse();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        // Ends the threads that libraries leave behind.
        System.exit(CommandLine.ExitCode.OK);
    }

    private void prepare() {
        execute("init", "--offline");
        execute("train", "spy-direction", "--offline");
        // Beside a champion.
        execute("train", "spy-direction", "--offline");
    }

    private void rehearse() {
        execute("--help");
        execute("up", "--help");
        execute("no-such-command");
        execute("status");
        execute("status", "--output", "json");
        execute("models");
        execute("versions", "spy-direction");
        execute("show", "spy-direction");
        execute("log", "spy-direction");
        execute("at", "main", "spy-direction");
        execute("promote", "spy-direction", "v1", "--env", "staging", "--reason", "rehearsal");
        execute("rollback", "spy-direction", "--reason", "rehearsal");
        execute("release", "spy-direction");
    }

    private void execute(String... line) {
        String[] words = Stream.concat(Stream.of(line), Stream.of("--repo", repository.toString()))
                .toArray(String[]::new);
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Main.commandLine(words).setOut(nowhere).setErr(nowhere).execute(words);
    }
}
