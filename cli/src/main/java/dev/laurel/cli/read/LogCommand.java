package dev.laurel.cli.read;

import dev.laurel.cli.common.CommonOptions;
import dev.laurel.cli.common.Count;
import dev.laurel.cli.common.ModelArgument;
import dev.laurel.cli.output.Columns;
import dev.laurel.cli.output.Output;
import dev.laurel.cli.output.Shown;
import dev.laurel.evaluation.Report;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.program.Reason;
import dev.laurel.registry.Event;
import dev.laurel.registry.Origin;
import dev.laurel.registry.PinChange;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryException;
import dev.laurel.registry.Revision;
import dev.laurel.yaml.InvalidDocumentException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code laurel log}. */
@Command(
        name = "log",
        description = {
            "Lists what happened to a model, newest first: registrations, promotions, rollbacks, holds and releases,"
                    + " with who, when and why, and the champion that each promotion beat."
        },
        footerHeading = "%nExample:%n",
        footer = {"  laurel log spy-direction --limit 5", "  laurel log spy-direction --env production"})
public final class LogCommand implements Callable<Integer> {
    @ParentCommand
    private CommonOptions laurel = new CommonOptions();

    @Mixin
    private ModelArgument model = new ModelArgument();

    @Option(
            names = "--env",
            paramLabel = "NAME",
            description = "Only the pin of this environment (default: registrations, and the pins of all).")
    private @Nullable Environment environment;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Count.Limit.class,
            defaultValue = "20",
            description = "At most so many (default: 20).")
    private int limit;

    @Mixin
    private Output output = new Output();

    /**
     * One event.
     *
     * @param event {@code registered}, {@code promoted}, {@code rolled-back}, {@code withdrawn}, {@code reworded}, {@code released} or
     *     {@code held-again}; a pin that was rolled back or withdrawn is held
     * @param environment absent for a registration
     * @param version the one registered, or pinned from then on; absent where none is
     * @param before the champion until then; absent where there was none, and for what moves no pin
     * @param signer who signed the commit; absent where nobody did whom {@code laurel.yaml} names
     */
    record Entry(
            String commit,
            Instant time,
            String event,
            @Nullable Environment environment,
            @Nullable Version version,
            @Nullable Version before,
            String author,
            String email,
            @Nullable String signer,
            String why) {
        Entry signedBy(@Nullable String name) {
            return new Entry(commit, time, event, environment, version, before, author, email, name, why);
        }
    }

    record ModelLog(ModelName model, List<Entry> events) {}

    @Override
    public Integer call() {
        try (Registry registry = laurel.openRegistry()) {
            Revision head = registry.head();
            ModelName name = model.in(head);
            List<Event> events = head.events(name, environment, limit);
            registry.expectReports(
                    name,
                    events.stream()
                            .filter(Event.Registered.class::isInstance)
                            .map(Event.Registered.class::cast)
                            .toList());
            List<Entry> entries = events.stream()
                    .map(event -> entry(registry, name, event))
                    .map(entry -> entry.signedBy(registry.signer(entry.commit()).orElse(null)))
                    .toList();
            output.print(new ModelLog(name, entries), text(entries));
            return CommandLine.ExitCode.OK;
        }
    }

    private static Entry entry(Registry registry, ModelName model, Event event) {
        if (event instanceof Event.Registered registered) {
            return entry(event, "registered", null, registered.version(), null, verdict(registry, model, registered));
        }
        if (event instanceof Event.PinMoved moved) {
            PinChange change = moved.change();
            return entry(
                    event,
                    word(change.direction()),
                    moved.environment(),
                    change.after() == null ? null : change.after().version(),
                    change.before() == null ? null : change.before().version(),
                    why(moved));
        }
        if (event instanceof Event.Released released) {
            return entry(
                    event,
                    "released",
                    released.environment(),
                    null,
                    null,
                    event.origin().note());
        }
        Event.HeldAgain held = (Event.HeldAgain) event;
        return entry(
                event,
                "held-again",
                held.environment(),
                null,
                null,
                event.origin().note());
    }

    private static Entry entry(
            Event event,
            String word,
            @Nullable Environment environment,
            @Nullable Version version,
            @Nullable Version before,
            String why) {
        Origin origin = event.origin();
        return new Entry(
                origin.commit(),
                origin.time(),
                word,
                environment,
                version,
                before,
                origin.author().name(),
                origin.author().email(),
                null,
                why);
    }

    private static String word(PinChange.Direction direction) {
        return switch (direction) {
            case RAISED -> "promoted";
            case LOWERED -> "rolled-back";
            case REMOVED -> "withdrawn";
            case REWORDED -> "reworded";
        };
    }

    /** What the gate said, out of the report as it was registered. */
    private static String verdict(Registry registry, ModelName model, Event.Registered registered) {
        try {
            Report report = registry.at(registered.origin().commit()).report(model, registered.version());
            return report.decision().verdict() + ": "
                    + String.join("; ", report.decision().reasons());
        } catch (InvalidDocumentException | RegistryException e) {
            return Reason.of(e);
        }
    }

    /** The words of the pin where this change wrote them; after a step back they are older than the change. */
    private static String why(Event.PinMoved moved) {
        @Nullable Pin pin = moved.change().after();
        String why = pin == null || moved.change().direction() != PinChange.Direction.RAISED ? "" : Shown.why(pin);
        return why.isEmpty() ? moved.origin().note() : why;
    }

    private String text(List<Entry> entries) {
        if (entries.isEmpty()) {
            return environment == null ? "nothing yet" : "no promotions in " + environment + " yet";
        }
        Columns columns = new Columns().add("COMMIT", "TIME", "EVENT", "VERSION", "ENVIRONMENT", "BY", "WHY");
        for (Entry entry : entries) {
            boolean held = entry.event().equals("rolled-back") || entry.event().equals("withdrawn");
            columns.add(
                    Shown.commit(entry.commit()),
                    entry.time().toString(),
                    entry.event().replace('-', ' ') + (held ? ", held" : ""),
                    versions(entry),
                    entry.environment() == null ? "" : entry.environment().value(),
                    Shown.author(entry.author(), entry.signer()),
                    Shown.shortened(entry.why()));
        }
        return columns.toString();
    }

    private static String versions(Entry entry) {
        if (entry.environment() == null) {
            return Output.shown(entry.version());
        }
        return entry.before() == null && entry.version() == null
                ? ""
                : Output.shown(entry.before()) + " -> " + Output.shown(entry.version());
    }
}
