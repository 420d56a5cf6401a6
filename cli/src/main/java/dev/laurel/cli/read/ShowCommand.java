package dev.laurel.cli.read;

import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.output.Output;
import dev.laurel.definition.Definition;
import dev.laurel.evaluation.Report;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Provenance;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.Hold;
import dev.laurel.registry.view.Departure;
import dev.laurel.registry.view.Origin;
import dev.laurel.registry.view.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code laurel show}. */
@Command(
        name = "show",
        description =
                "Shows a model, its definition and its champions; or one version, how good it is and where it comes from.",
        footerHeading = "%nExample:%n",
        footer = {"  laurel show spy-direction", "  laurel show spy-direction v7"})
public final class ShowCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Mixin
    private ModelArgument model = new ModelArgument();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VERSION",
            description = "Such as v7 (default: none, the model itself is shown).")
    private @Nullable Version version;

    @Mixin
    private Output output = new Output();

    /** Where a model is or was pinned. */
    record Place(
            Environment environment,
            @Nullable Pin champion,
            @Nullable Challenged challenger,
            @Nullable Hold hold) {}

    record ShownModel(
            ModelName model,
            @Nullable Version newest,
            List<Place> environments,
            Digest definitionDigest,
            Definition definition) {}

    /**
     * @param championIn the environments that it is pinned in
     * @param triedIn those where it is tried beside the champion
     * @param signer who signed its registration; absent where nobody did whom {@code laurel.yaml} names
     * @param departure how it left the tree; absent while it stands there
     */
    record ShownVersion(
            ModelName model,
            Version version,
            List<Environment> championIn,
            List<Environment> triedIn,
            Origin registered,
            @Nullable String signer,
            @Nullable Departure departure,
            VersionRecord record,
            Report report,
            Provenance provenance) {}

    @Override
    public Integer call() {
        try (Registry registry = laurel.openRegistry()) {
            Revision head = registry.head();
            ModelName name = model.in(head);
            if (version == null) {
                ShownModel shown = model(head, name);
                output.print(shown, ShownText.model(shown));
            } else {
                ShownVersion shown = version(registry, head, name, version);
                output.print(shown, ShownText.version(shown));
            }
            return CommandLine.ExitCode.OK;
        }
    }

    private static ShownModel model(Revision head, ModelName model) {
        List<Place> places = new ArrayList<>();
        for (Environment environment : head.environments()) {
            @Nullable Pin pin = head.pin(environment, model).orElse(null);
            @Nullable Hold hold = head.hold(environment, model).orElse(null);
            if (pin != null || hold != null) {
                places.add(new Place(environment, pin, Challenged.in(head, environment, model), hold));
            }
        }
        return new ShownModel(
                model, head.newest(model).orElse(null), places, head.definitionDigest(model), head.definition(model));
    }

    private static ShownVersion version(Registry registry, Revision head, ModelName model, Version version) {
        @Nullable Departure departure = head.departure(model, version).orElse(null);
        Revision there = departure == null ? head : registry.at(departure.last());
        List<Environment> championIn = head.environments().stream()
                .filter(environment -> head.pin(environment, model)
                        .filter(pin -> pin.version().equals(version))
                        .isPresent())
                .toList();
        Origin registered = there.registration(model, version);
        return new ShownVersion(
                model,
                version,
                championIn,
                head.environments().stream()
                        .filter(environment -> head.challenger(environment, model)
                                .filter(pin -> pin.version().equals(version))
                                .isPresent())
                        .toList(),
                registered,
                registry.signer(registered.commit()).orElse(null),
                departure,
                there.record(model, version),
                there.report(model, version),
                there.provenance(model, version));
    }
}
