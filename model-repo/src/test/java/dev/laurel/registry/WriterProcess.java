package dev.laurel.registry;

import static dev.laurel.registry.Showcase.ALICE;
import static dev.laurel.registry.Showcase.PASS;
import static dev.laurel.registry.Showcase.PRODUCTION;
import static dev.laurel.registry.Showcase.TRAINER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.git.host.Access;
import dev.laurel.git.host.Location;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Map;

/** Writes models repositories in a process of its own, which shares nothing with the others and can be killed. Takes one task after another. */
final class WriterProcess implements AutoCloseable {
    private static final String READY = "ready";
    private static final String DONE = "done";

    /** What a writer does. */
    enum Task {
        /** Registers some versions. */
        REGISTER,
        /** Registers some versions, and lets automation promote each. */
        REGISTER_AND_PROMOTE,
        /** Registers, promotes and rolls back until it is killed; from then on it has said that it is ready. */
        UNTIL_KILLED
    }

    private final JavaProcess process;

    private WriterProcess(JavaProcess process) {
        this.process = process;
    }

    static WriterProcess start() {
        return new WriterProcess(JavaProcess.start(WriterProcess.class));
    }

    /**
     * Gives it a task, and does not wait.
     *
     * @param location of the repository
     * @param cache for the mirror of one on a host
     * @param name of the writer, in the bytes of its versions
     */
    void begin(String location, Path cache, Task task, ModelName model, String name, int count) throws IOException {
        process.tell(String.join("\t", location, cache.toString(), task.name(), model.toString(), name, "" + count));
    }

    /** Waits until it writes, where it does until it is killed. */
    void awaitReady() throws IOException {
        assertThat(process.answer()).isEqualTo(READY);
    }

    void awaitDone() throws IOException {
        assertThat(process.answer()).isEqualTo(DONE);
    }

    void kill() throws IOException, InterruptedException {
        process.kill();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }

    public static void main(String... none) throws IOException {
        BufferedReader tasks = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String task = tasks.readLine(); task != null; task = tasks.readLine()) {
            run(task.split("\t"));
            System.out.println(DONE);
        }
    }

    private static void run(String... task) {
        ModelName model = new ModelName(task[3]);
        int count = Integer.parseInt(task[5]);
        try (Registry registry = open(task[0], Path.of(task[1]))) {
            Writer writer = new Writer(registry, model, task[4]);
            switch (Task.valueOf(task[2])) {
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
                case UNTIL_KILLED -> {
                    writer.bootstrap();
                    System.out.println(READY);
                    writer.writeForEver();
                }
            }
        }
    }

    static Registry open(String location, Path cache) {
        return Registry.open(Location.parse(location), Access.of(Map.of("LAUREL_CACHE", cache.toString())));
    }

    /** The writer's own side, in whatever process. */
    static final class Writer {
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

        void bootstrap() {
            registry.promote(PRODUCTION, model, register(), "it is there", ALICE);
        }

        /** Registers, promotes and rolls back for as long as it can. */
        void writeForEver() {
            while (true) {
                registry.promote(PRODUCTION, model, register(), PASS, TRAINER);
                registry.rollBack(PRODUCTION, model, null, "odd answers", ALICE);
                registry.promote(PRODUCTION, model, register(), "it is better", ALICE);
            }
        }
    }
}
