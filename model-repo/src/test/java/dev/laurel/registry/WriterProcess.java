package dev.laurel.registry;

import static dev.laurel.registry.Showcase.ALICE;
import static dev.laurel.registry.Showcase.PASS;
import static dev.laurel.registry.Showcase.PRODUCTION;
import static dev.laurel.registry.Showcase.TRAINER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.registry.git.Access;
import dev.laurel.registry.git.Location;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A writer of a models repository in a process of its own, which shares nothing with the others and can be killed. */
final class WriterProcess implements AutoCloseable {
    private static final String READY = "ready";

    /** What a writer does. */
    enum Task {
        /** Registers some versions. */
        REGISTER,
        /** Registers some versions, and lets automation promote each. */
        REGISTER_AND_PROMOTE,
        /** Registers, promotes and rolls back until it is killed; from then on it has said that it is ready. */
        UNTIL_KILLED
    }

    private final Process process;
    private final Path errors;

    private WriterProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /**
     * @param location of the repository
     * @param cache for the mirror of one on a host
     * @param name of the writer, in the bytes of its versions
     */
    static WriterProcess start(String location, Path cache, Task task, ModelName model, String name, int count) {
        try {
            Path errors = Files.createTempFile("writer", ".txt");
            List<String> command = new ArrayList<>(javaCommand());
            command.addAll(List.of(
                    WriterProcess.class.getName(),
                    location,
                    cache.toString(),
                    task.name(),
                    model.toString(),
                    name,
                    Integer.toString(count)));
            return new WriterProcess(
                    new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JVM like this one that is quick to start. */
    static List<String> javaCommand(String... options) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    /** Waits until it writes. */
    void awaitReady() throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(out.readLine()).as("a writer: %s", errors()).isEqualTo(READY);
    }

    /** By SIGKILL, wherever it is. */
    void kill() throws InterruptedException {
        assertThat(process.isAlive()).as("a writer until it is killed").isTrue();
        process.destroyForcibly().waitFor();
    }

    void awaitSuccess() throws IOException, InterruptedException {
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("a writer ends").isTrue();
        assertThat(process.exitValue()).as("a writer: %s", errors()).isZero();
    }

    private String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.delete(errors);
    }

    public static void main(String... arguments) {
        ModelName model = new ModelName(arguments[3]);
        int count = Integer.parseInt(arguments[5]);
        try (Registry registry = open(arguments[0], Path.of(arguments[1]))) {
            Writer writer = new Writer(registry, model, arguments[4]);
            switch (Task.valueOf(arguments[2])) {
                case REGISTER -> {
                    for (int i = 0; i < count; i++) {
                        writer.register();
                    }
                }
                case REGISTER_AND_PROMOTE -> {
                    for (int i = 0; i < count; i++) {
                        registry.promote(PRODUCTION, model, writer.register(), PASS, TRAINER);
                    }
                }
                case UNTIL_KILLED -> writer.writeForEver();
            }
        }
    }

    static Registry open(String location, Path cache) {
        return Registry.open(Location.parse(location), Access.of(Map.of("LAUREL_CACHE", cache.toString())));
    }

    /** The writer's own side. */
    private static final class Writer {
        private final Registry registry;
        private final ModelName model;
        private final String name;
        private int registered;

        Writer(Registry registry, ModelName model, String name) {
            this.registry = registry;
            this.model = model;
            this.name = name;
        }

        Version register() {
            return registry.register(new Showcase.TextDraft(model, name + " " + registered++), TRAINER)
                    .version();
        }

        void writeForEver() {
            registry.promote(PRODUCTION, model, register(), "it is there", ALICE);
            System.out.println(READY);
            while (true) {
                registry.promote(PRODUCTION, model, register(), PASS, TRAINER);
                registry.rollBack(PRODUCTION, model, null, "odd answers", ALICE);
                registry.promote(PRODUCTION, model, register(), "it is better", ALICE);
            }
        }
    }
}
