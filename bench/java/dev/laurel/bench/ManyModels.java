package dev.laurel.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.definition.Definition;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.predictor.ModelFile;
import dev.laurel.program.Program;
import dev.laurel.registry.Registry;
import dev.laurel.registry.view.Author;
import dev.laurel.registry.view.Revision;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;

/** Lays down a models repository in which one model stands many times under other names, each pinned. */
final class ManyModels {
    private static final Environment PRODUCTION = new Environment("production");
    private static final Author AUTHOR = new Author("Bench", "bench@laurel.example");

    private ManyModels() {}

    /** @param arguments the bare repository with the model, its name, the bare repository to make, and how many models */
    public static void main(String[] arguments) throws IOException {
        Program.begin();
        ModelName model = new ModelName(arguments[1]);
        ModelFile file;
        try (Registry registry = Registry.open(Path.of(arguments[0]))) {
            Revision head = registry.head();
            var pin = head.pin(PRODUCTION, model).orElseThrow();
            file = ModelFile.decode(registry.fetch(pin.digest(), pin.size()));
        }
        String definition = new String(Yaml.write(file.definition()), UTF_8);
        TreeMap<ModelName, byte[]> definitions = new TreeMap<>();
        for (int number = 0; number < Integer.parseInt(arguments[3]); number++) {
            ModelName name = RegistryWorker.model(number);
            definitions.put(name, definition.replaceFirst("(?m)^model: .*$", "model: " + name).getBytes(UTF_8));
        }
        try (Registry registry = Registry.create(Path.of(arguments[2]), definitions, AUTHOR)) {
            for (var each : definitions.entrySet()) {
                ModelFile own = new ModelFile(
                        Yaml.read(each.getValue(), each.getKey() + "/model.yaml", Definition.class),
                        file.signature(),
                        file.fitted(),
                        file.profile(),
                        file.predictor());
                registry.register(new BenchDraft(each.getKey(), own.encode()), AUTHOR);
                registry.promote(PRODUCTION, each.getKey(), new Version(1), "bench", AUTHOR);
            }
        }
    }
}
