package dev.laurel.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.definition.Definition;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.predictor.ModelFile;
import dev.laurel.registry.Registry;
import dev.laurel.registry.view.Author;
import dev.laurel.yaml.Yaml;
import java.nio.file.Path;
import java.util.TreeMap;

/** Puts many models with the trees of one into a repository of their own, each registered and pinned. */
public final class ManyModels {
    private static final Environment PRODUCTION = new Environment("production");
    private static final Author AUTHOR = new Author("Bench", "bench@laurel.example");

    private ManyModels() {}

    /** @param args the repository of the one model, its name, the repository to make, and how many models it shall have */
    public static void main(String... args) {
        ModelFile file;
        try (Registry registry = Registry.open(Path.of(args[0]))) {
            Pin pin = registry.head().pin(PRODUCTION, new ModelName(args[1])).orElseThrow();
            file = ModelFile.decode(registry.fetch(pin.digest(), pin.size()));
        }
        String definition = new String(Yaml.write(file.definition()), UTF_8);
        TreeMap<ModelName, byte[]> definitions = new TreeMap<>();
        for (int number = 0; number < Integer.parseInt(args[3]); number++) {
            ModelName name = RegistryWorker.model(number);
            definitions.put(name, definition.replaceFirst("(?m)^model: .*$", "model: " + name).getBytes(UTF_8));
        }
        try (Registry registry = Registry.create(Path.of(args[2]), definitions, AUTHOR)) {
            definitions.forEach((name, yaml) -> {
                ModelFile renamed = new ModelFile(
                        Yaml.read(yaml, "model.yaml", Definition.class),
                        file.signature(),
                        file.fitted(),
                        file.profile(),
                        file.predictor());
                registry.register(new BenchDraft(name, renamed.encode()), AUTHOR);
                registry.promote(PRODUCTION, name, new Version(1), "bench", AUTHOR);
            });
        }
        System.out.println(file.encode().length);
    }
}
