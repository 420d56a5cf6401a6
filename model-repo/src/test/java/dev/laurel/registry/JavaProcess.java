package dev.laurel.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, which shares nothing with this one and can be killed. */
final class JavaProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path errors;

    private JavaProcess(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
    }

    static JavaProcess start(Class<?> main, String... arguments) {
        try {
            Path errors = Files.createTempFile("process", ".txt");
            List<String> command = new ArrayList<>(command());
            command.add(main.getName());
            command.addAll(List.of(arguments));
            return new JavaProcess(
                    main.getSimpleName(),
                    new ProcessBuilder(command).redirectError(errors.toFile()).start(),
                    errors);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JVM like this one that is quick to start. */
    static List<String> command(String... options) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    /** The first thing that it says, once it does. */
    String firstLine() throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        assertThat(line).as("the first line of %s: %s", name, errors()).isNotNull();
        return line;
    }

    /** By SIGKILL, wherever it is. */
    void kill() throws IOException, InterruptedException {
        assertThat(process.isAlive())
                .as("%s until it is killed: %s", name, errors())
                .isTrue();
        process.destroyForcibly().waitFor();
    }

    void awaitSuccess() throws IOException, InterruptedException {
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s ends", name).isTrue();
        assertThat(process.exitValue()).as("%s: %s", name, errors()).isZero();
    }

    private String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.delete(errors);
    }
}
