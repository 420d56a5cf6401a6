package dev.laurel.cli;

import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.registry.PinChange;
import dev.laurel.registry.Registry;
import dev.laurel.registry.Revision;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code laurel log}. */
@Command(
        name = "log",
        description = "Lists promotions and rollbacks, newest first: who, when, why.",
        footerHeading = "%nExample:%n",
        footer = "  laurel log spy-direction --limit 5")
final class LogCommand implements Callable<Integer> {
    @ParentCommand
    private Main laurel = new Main();

    @Mixin
    private ModelArgument model = new ModelArgument();

    @Mixin
    private EnvironmentOption environment = new EnvironmentOption();

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = LimitConverter.class,
            defaultValue = "20",
            description = "At most so many (default: 20).")
    private int limit;

    @Mixin
    private Output output = new Output();

    /** One change of the pin; {@code from} and {@code to} are absent where no pin stood or stands. */
    record Entry(
            String commit,
            Instant time,
            String change,
            @Nullable Version from,
            @Nullable Version to,
            String author,
            String why) {
        static Entry of(PinChange change) {
            return new Entry(
                    change.commit(),
                    change.time().truncatedTo(ChronoUnit.SECONDS),
                    word(change.direction()),
                    change.before() == null ? null : change.before().version(),
                    change.after() == null ? null : change.after().version(),
                    change.author().name(),
                    why(change));
        }

        private static String word(PinChange.Direction direction) {
            return switch (direction) {
                case RAISED -> "promoted";
                case LOWERED -> "rolled back";
                case REMOVED -> "withdrawn";
                case REWORDED -> "reworded";
            };
        }

        /** The words of the pin where this change wrote them; after a plain revert they are older than the change. */
        private static String why(PinChange change) {
            @Nullable Pin pin = change.after();
            if (pin == null || change.direction() != PinChange.Direction.RAISED) {
                return change.subject();
            }
            if (pin.reason() != null) {
                return pin.reason();
            }
            Pin.@Nullable Evidence evidence = pin.evidence();
            if (evidence == null) {
                return change.subject();
            }
            return String.format(Locale.ROOT, "%s %.4f", evidence.metric(), evidence.challenger())
                    + (evidence.champion() == null
                            ? ""
                            : String.format(Locale.ROOT, " against %.4f", evidence.champion()))
                    + " on " + evidence.rows() + " rows";
        }
    }

    record PinLog(ModelName model, Environment environment, List<Entry> changes) {}

    @Override
    public Integer call() {
        try (Registry registry = Registry.open(laurel.repository())) {
            Revision head = registry.head();
            ModelName name = model.in(head);
            List<Entry> entries = head.changes(environment.get(), name, limit).stream()
                    .map(Entry::of)
                    .toList();
            output.print(new PinLog(name, environment.get(), entries), text(entries));
            return CommandLine.ExitCode.OK;
        }
    }

    private String text(List<Entry> entries) {
        if (entries.isEmpty()) {
            return "no promotions in " + environment.get() + " yet";
        }
        Columns columns = new Columns().add("COMMIT", "TIME", "CHANGE", "PIN", "BY", "WHY");
        for (Entry entry : entries) {
            columns.add(
                    entry.commit().substring(0, 10),
                    entry.time().toString(),
                    entry.change(),
                    Output.shown(entry.from()) + " -> " + Output.shown(entry.to()),
                    entry.author(),
                    entry.why());
        }
        return columns.toString();
    }

    static final class LimitConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            Expect.that(text.matches("[1-9][0-9]{0,5}"), "limit", text, "1..999999");
            return Integer.parseInt(text);
        }
    }
}
