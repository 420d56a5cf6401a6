package dev.laurel.cli.flow;

import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import java.nio.file.Path;

/** What one step makes and another one needs. */
sealed interface Needed {
    /** For people. */
    String described();

    record File(Path path) implements Needed {
        public File {
            path = path.toAbsolutePath().normalize();
        }

        @Override
        public String described() {
            return "the file " + path;
        }
    }

    record Champion(ModelName model, Environment environment) implements Needed {
        @Override
        public String described() {
            return "a champion of %s in %s".formatted(model, environment);
        }
    }

    /** A version that the registry has, or will have: which number a training run gives is not known before. */
    record Versions(ModelName model) implements Needed {
        @Override
        public String described() {
            return "a version of " + model;
        }
    }

    /** @param address as the step has it */
    record Imported(ModelName model, String address) implements Needed {
        @Override
        public String described() {
            return "imported rows of " + model;
        }
    }
}
