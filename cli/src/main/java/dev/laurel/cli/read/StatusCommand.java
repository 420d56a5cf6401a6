package dev.laurel.cli.read;

import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.EnvironmentOption;
import dev.laurel.cli.output.Columns;
import dev.laurel.cli.output.Output;
import dev.laurel.cli.output.Shown;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.Hold;
import dev.laurel.registry.outcome.PinProposal;
import dev.laurel.registry.view.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code laurel status}. */
@Command(
        name = "status",
        description = "Says what is pinned in each environment, what is newest, and what is held.",
        footerHeading = "%nExample:%n",
        footer = {"  laurel status", "  laurel status --output json"})
public final class StatusCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Mixin
    private Output output = new Output();

    /** A move of the pin that waits for somebody to merge it; not current when the champion moved meanwhile. */
    record Proposed(Version version, String branch, boolean current) {
        static Proposed of(PinProposal proposal) {
            return new Proposed(proposal.version(), proposal.branch(), proposal.current());
        }
    }

    /** One pin, or the place where one could stand. */
    record Place(
            ModelName model,
            Environment environment,
            @Nullable Version champion,
            @Nullable Challenged challenger,
            Pin.@Nullable By by,
            @Nullable Version newest,
            @Nullable Hold hold,
            List<Proposed> proposals) {}

    record Status(String repository, String commit, List<Place> pins) {}

    @Override
    public Integer call() {
        try (Registry registry = laurel.openRegistry()) {
            Revision head = registry.head();
            // A withdrawn pin leaves no folder behind; its hold is shown all the same.
            SortedSet<Environment> environments = new TreeSet<>(head.environments());
            environments.add(environment.get());
            List<PinProposal> proposals = registry.proposals();
            List<Place> places = new ArrayList<>();
            for (ModelName model : head.models()) {
                environments.forEach(each -> places.add(place(proposals, head, each, model)));
            }
            Status status = new Status(laurel.repository().toString(), head.commit(), places);
            output.print(status, text(status));
            return CommandLine.ExitCode.OK;
        }
    }

    private static Place place(List<PinProposal> proposals, Revision head, Environment environment, ModelName model) {
        @Nullable Pin pin = head.pin(environment, model).orElse(null);
        return new Place(
                model,
                environment,
                pin == null ? null : pin.version(),
                Challenged.in(head, environment, model),
                pin == null ? null : pin.by(),
                head.newest(model).orElse(null),
                head.hold(environment, model).orElse(null),
                proposals.stream()
                        .filter(proposal -> proposal.environment().equals(environment)
                                && proposal.model().equals(model))
                        .filter(proposal -> pin == null || !proposal.version().equals(pin.version()))
                        .map(Proposed::of)
                        .toList());
    }

    private static String text(Status status) {
        Columns columns = new Columns().add("MODEL", "ENVIRONMENT", "CHAMPION", "NEWEST", "STATE");
        for (Place place : status.pins()) {
            columns.add(
                    place.model().value(),
                    place.environment().value(),
                    Output.shown(place.champion()),
                    Output.shown(place.newest()),
                    state(place));
        }
        return "%s at %.10s%n%n%s".formatted(status.repository(), status.commit(), columns);
    }

    private static String state(Place place) {
        @Nullable Challenged challenger = place.challenger();
        return Stream.concat(
                        Stream.of(standing(place), challenger == null ? "" : challenger.text())
                                .filter(text -> !text.isEmpty()),
                        place.proposals().stream()
                                .map(proposed -> "%s proposed: %s%s"
                                        .formatted(
                                                proposed.version(),
                                                proposed.branch(),
                                                proposed.current() ? "" : ", out of date")))
                .collect(Collectors.joining("; "));
    }

    private static String standing(Place place) {
        @Nullable Hold hold = place.hold();
        if (hold != null) {
            return "held since %.10s (%s); 'laurel release %s' ends it"
                    .formatted(hold.commit(), Shown.why(hold), place.model());
        }
        return place.champion() == null ? "no champion" : place.by() == Pin.By.PERSON ? "pinned by a person" : "";
    }
}
