package dev.laurel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs the common commands once in a folder of its own, offline, so that a cache knows which classes they use. */
final class Rehearsal {
    private final Path repository;

    private Rehearsal(Path repository) {
        this.repository = repository;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("laurel-rehearsal");
        try {
            new Rehearsal(folder.resolve("models.git")).run();
        } finally {
            delete(folder);
        }
        // Ends the threads that libraries leave behind.
        System.exit(CommandLine.ExitCode.OK);
    }

    private void run() {
        execute("--help");
        execute("up", "--help");
        execute("no-such-command");
        execute("init", "--offline");
        execute("train", "spy-direction", "--offline");
        execute("status");
        execute("status", "--output", "json");
        execute("models");
        execute("versions", "spy-direction");
        execute("show", "spy-direction");
        execute("log", "spy-direction");
        execute("at", "main", "spy-direction");
        execute("promote", "spy-direction", "v1", "--env", "staging", "--reason", "rehearsal");
        execute("diff", "spy-direction", "v1", "v1");
        execute("rollback", "spy-direction", "--reason", "rehearsal");
        execute("release", "spy-direction");
        execute("verify");
    }

    private void execute(String... line) {
        String[] words = Stream.concat(Stream.of(line), Stream.of("--repo", repository.toString()))
                .toArray(String[]::new);
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Main.commandLine(words).setOut(nowhere).setErr(nowhere).execute(words);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
