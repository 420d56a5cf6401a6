package dev.laurel.cli.read;

import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.output.Columns;
import dev.laurel.cli.output.Output;
import dev.laurel.cli.output.Shown;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.registry.Registry;
import dev.laurel.registry.view.Origin;
import dev.laurel.registry.view.PinChange;
import dev.laurel.registry.view.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code laurel at}. */
@Command(
        name = "at",
        description = {
            "Says what was champion at a commit or a time, since when, and on what evidence.",
            "",
            "A time means the newest commit on main's line of first parents of which neither it nor one before it was committed later."
                    + " So an answer about the past stays the same, whatever the clocks of later commits say."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  laurel at 2026-11-21T09:30:00Z",
            "  laurel at 2026-11-21 spy-direction     (the end of that day)",
            "  laurel at 6b39be0e8d spy-direction --output json"
        })
public final class AtCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Parameters(
            index = "0",
            paramLabel = "WHEN",
            converter = When.Converter.class,
            description = "A commit (an id, main~3) or a time; a time without a zone is in UTC.")
    private When when = new When("main", null);

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "MODEL",
            description = "The name of a model (default: all of them).")
    private @Nullable ModelName model;

    @Mixin
    private Output output = new Output();

    /**
     * A champion of then.
     *
     * @param since the time of the commit that pinned it, {@code commit}, by {@code author}
     * @param signer who signed that commit; absent where nobody did whom {@code laurel.yaml} names
     * @param held whether automation left it alone
     * @param challenger that was tried beside it; absent where none was
     */
    record Champion(
            Environment environment,
            Pin pin,
            Instant since,
            String commit,
            String author,
            @Nullable String signer,
            boolean held,
            @Nullable Challenged challenger) {}

    record Then(String commit, Instant time, List<Champion> champions) {}

    @Override
    public Integer call() {
        try (Registry registry = laurel.openRegistry()) {
            Revision then = when.in(registry);
            List<Champion> champions = new ArrayList<>();
            for (ModelName name : model == null ? then.models() : List.of(ModelArgument.known(model, then))) {
                for (Environment environment : then.environments()) {
                    then.pin(environment, name)
                            .ifPresent(pin -> champions.add(champion(registry, then, environment, pin)));
                }
            }
            Origin origin = then.origin();
            output.print(new Then(origin.commit(), origin.time(), champions), text(origin, champions));
            return CommandLine.ExitCode.OK;
        }
    }

    private static Champion champion(Registry registry, Revision then, Environment environment, Pin pin) {
        PinChange pinned = then.changes(environment, pin.model(), 1).get(0);
        return new Champion(
                environment,
                pin,
                pinned.time(),
                pinned.commit(),
                pinned.author().name(),
                registry.signer(pinned.commit()).orElse(null),
                then.hold(environment, pin.model()).isPresent(),
                Challenged.in(then, environment, pin.model()));
    }

    private static String standing(Champion champion) {
        @Nullable Challenged challenger = champion.challenger();
        return champion.pin().version()
                + (champion.held() ? ", held" : "")
                + (challenger == null ? "" : "; " + challenger.text());
    }

    private static String text(Origin origin, List<Champion> champions) {
        String main = "commit %s of %s".formatted(Shown.commit(origin.commit()), origin.time());
        if (champions.isEmpty()) {
            return main + ": no champion";
        }
        Columns columns = new Columns().add("MODEL", "ENVIRONMENT", "CHAMPION", "SINCE", "COMMIT", "BY", "EVIDENCE");
        for (Champion champion : champions) {
            columns.add(
                    champion.pin().model().value(),
                    champion.environment().value(),
                    standing(champion),
                    champion.since().toString(),
                    Shown.commit(champion.commit()),
                    Shown.author(champion.author(), champion.signer()),
                    Shown.why(champion.pin()));
        }
        return "%s%n%n%s".formatted(main, columns);
    }
}
