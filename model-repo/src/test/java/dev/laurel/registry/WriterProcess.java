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
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

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

    private final JavaProcess process;

    private WriterProcess(JavaProcess process) {
        this.process = process;
    }

    /**
     * @param location of the repository
     * @param cache for the mirror of one on a host
     * @param name of the writer, in the bytes of its versions
     */
    static WriterProcess start(String location, Path cache, Task task, ModelName model, String name, int count) {
        return new WriterProcess(JavaProcess.start(
                WriterProcess.class,
                location,
                cache.toString(),
                task.name(),
                model.toString(),
                name,
                Integer.toString(count)));
    }

    /** Waits until it writes. */
    void awaitReady() throws IOException {
        assertThat(process.firstLine()).isEqualTo(READY);
    }

    void kill() throws IOException, InterruptedException {
        process.kill();
    }

    void awaitSuccess() throws IOException, InterruptedException {
        process.awaitSuccess();
    }

    @Override
    public void close() throws IOException {
        process.close();
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
