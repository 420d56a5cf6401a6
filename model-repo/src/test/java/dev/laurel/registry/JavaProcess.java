package dev.laurel.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own, which shares nothing with this one and can be killed. */
public final class JavaProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final BufferedReader out;
    private final Path errors;

    private JavaProcess(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        this.errors = errors;
    }

    public static JavaProcess start(Class<?> main, String... arguments) {
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
    public static List<String> command(String... options) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /** The next thing that it says, once it does. */
    public String answer() throws IOException {
        String line = out.readLine();
        assertThat(line).as("what %s says: %s", name, errors()).isNotNull();
        return line;
    }

    /** By SIGKILL, wherever it is. */
    void kill() throws IOException, InterruptedException {
        assertThat(process.isAlive())
                .as("%s until it is killed: %s", name, errors())
                .isTrue();
        process.destroyForcibly().waitFor();
    }

    /** By SIGTERM, which a JVM takes as it takes Ctrl-C. */
    public void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
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
