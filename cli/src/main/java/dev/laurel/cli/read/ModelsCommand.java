package dev.laurel.cli.read;

import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.output.Columns;
import dev.laurel.cli.output.Output;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.registry.Registry;
import dev.laurel.registry.Revision;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code laurel models}. */
@Command(
        name = "models",
        description = "Lists the models with their newest version and their champions.",
        footerHeading = "%nExample:%n",
        footer = {"  laurel models", "  laurel models --output json"})
public final class ModelsCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Mixin
    private Output output = new Output();

    /** @param champions by environment */
    record Model(
            ModelName model, String description, @Nullable Version newest, SortedMap<Environment, Version> champions) {}

    record Models(String commit, List<Model> models) {}

    @Override
    public Integer call() {
        try (Registry registry = laurel.openRegistry()) {
            Revision head = registry.head();
            SortedMap<Environment, SortedMap<ModelName, Pin>> pins = new TreeMap<>();
            head.environments().forEach(environment -> pins.put(environment, head.pins(environment)));
            List<Model> models =
                    head.models().stream().map(name -> model(head, name, pins)).toList();
            output.print(new Models(head.commit(), models), text(models));
            return CommandLine.ExitCode.OK;
        }
    }

    private static Model model(Revision head, ModelName name, SortedMap<Environment, SortedMap<ModelName, Pin>> pins) {
        SortedMap<Environment, Version> champions = new TreeMap<>();
        pins.forEach((environment, pinned) -> {
            Pin pin = pinned.get(name);
            if (pin != null) {
                champions.put(environment, pin.version());
            }
        });
        return new Model(
                name, head.definition(name).description(), head.newest(name).orElse(null), champions);
    }

    private static String text(List<Model> models) {
        if (models.isEmpty()) {
            return "no models yet; a new one is a new file models/<name>/model.yaml";
        }
        Columns columns = new Columns().add("MODEL", "NEWEST", "CHAMPIONS", "DESCRIPTION");
        for (Model model : models) {
            String champions = model.champions().entrySet().stream()
                    .map(champion -> champion.getKey() + " " + champion.getValue())
                    .collect(Collectors.joining(", "));
            columns.add(
                    model.model().value(),
                    Output.shown(model.newest()),
                    champions.isEmpty() ? "none" : champions,
                    model.description());
        }
        return columns.toString();
    }
}
