package dev.laurel.source;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Source;
import dev.laurel.model.InvalidValueException;
import dev.laurel.program.Reason;
import dev.laurel.source.KeptRows.Kept;
import dev.laurel.table.Table;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that definitions ask for. Rows that were downloaded are kept in a folder, and serve when the source fails later. For use by
 * several threads; one that downloads lets the others wait.
 */
public final class RowStore {
    private static final Logger LOG = LoggerFactory.getLogger(RowStore.class);

    /** Downloaded rows count as the newest for this long. */
    private static final Duration FRESH = Duration.ofMinutes(15);

    /** A source that failed is left alone for this long. */
    private static final Duration LEFT_ALONE = Duration.ofMinutes(1);

    /** Exchanges seldom stay closed for longer; where no newer row has come by then, one is missing. */
    private static final int LONGEST_USUAL_CLOSURE_DAYS = 5;

    private static final LocalDate EARLIEST_DAY = LocalDate.of(1900, 1, 1);

    private final Path folder;
    private final KeptRows kept;
    private final boolean offline;
    private final Clock clock;
    private final YahooSource yahoo;
    private final CsvSource files;
    private final JdbcSource databases;
    private final Map<String, Kept> newest = new HashMap<>();
    private final Map<String, Failure> failures = new HashMap<>();

    private record Failure(String problem, Instant at) {}

    /** @param offline never to reach out; kept rows, files and bundled rows only */
    public RowStore(Path folder, boolean offline, Clock clock) {
        this(folder, offline, clock, (Path) null);
    }

    /** @param data the folder of files, that of {@code LAUREL_DATA} or {@code --data}; null where there is none */
    public RowStore(Path folder, boolean offline, Clock clock, @Nullable Path data) {
        this(folder, offline, clock, data, YahooSource.patient(clock));
    }

    RowStore(Path folder, boolean offline, Clock clock, @Nullable Path data, YahooSource yahoo) {
        this.folder = folder;
        this.kept = new KeptRows(folder);
        this.offline = offline;
        this.clock = clock;
        this.files = new CsvSource(data);
        this.databases = new JdbcSource(System.getenv());
        this.yahoo = yahoo;
    }

    /** Where downloaded rows are kept, and what else a run keeps for the next one. */
    public Path folder() {
        return folder;
    }

    /**
     * All rows that the runs of this definition need, from before its anchor to the newest. May take half a minute, when a download is
     * due and its source keeps failing.
     *
     * @throws SourceException when the source fails and no rows are kept
     * @throws InvalidDocumentException when a file is not as its source says, or lacks a column that is asked for
     */
    public Rows rows(Definition definition) {
        CsvTable.Asked asked =
                new CsvTable.Asked(definition.asked(), Shape.of(definition).words());
        return rows(definition.source(), asked, firstDay(definition));
    }

    /** @param from the first day of rows that are downloaded */
    private Rows rows(Source defined, CsvTable.Asked asked, LocalDate from) {
        Source source = defined.effective();
        if (source instanceof Source.Yahoo ticker) {
            return rows(ticker, from);
        }
        if (source instanceof Source.Joined joined) {
            return rows(joined, asked, from);
        }
        if (source instanceof Source.Csv csv) {
            return rows(files.read(csv, asked), CsvSource.origin(csv), "");
        }
        if (source instanceof Source.Jdbc jdbc) {
            if (offline) {
                throw new SourceException(
                        "%s: offline. Run without --offline to ask the database.".formatted(jdbc.described()));
            }
            return rows(databases.read(jdbc, asked), jdbc.described(), "");
        }
        BundledFile bundled = BundledFile.of(((Source.Bundled) source).name());
        String why = defined.equals(source)
                ? ""
                : "fallback for %s, chosen when the models repository was made".formatted(defined.described());
        return rows(bundled.read(asked), bundled.origin(), why);
    }

    private Rows rows(CsvTable read, String origin, String notes) {
        List<String> names = read.passedOver();
        String unasked = names.isEmpty() ? "" : "columns that nothing asks for: " + String.join(", ", names);
        return rows(read.table(), origin, joined(notes, unasked));
    }

    /** Each source gives what it has of the columns asked for; together they must have all. */
    private Rows rows(Source.Joined source, CsvTable.Asked asked, LocalDate from) {
        Joining joining = new Joining(source);
        try {
            Rows left = rows(source.left(), asked.with(joining.on()), from);
            Rows right = rows(source.right(), asked.within(joining.prefix()), from);
            return new Rows(
                    joining.join(left.table(), right.table(), asked),
                    "%s joined with %s".formatted(left.origin(), right.origin()),
                    joined(left.notes(), right.notes()),
                    left.stale());
        } catch (InvalidValueException e) {
            throw new SourceException("joined: " + e.getMessage());
        }
    }

    private synchronized Rows rows(Source.Yahoo source, LocalDate from) {
        String name = "yahoo-%s-%s-from-%s".formatted(source.ticker(), source.interval(), from);
        Kept rows = find(name);
        if (rows != null && isWithin(FRESH, rows.at())) {
            return rows(rows.table(), source.described(), rows.notes());
        }
        if (offline && rows != null) {
            return rows(rows.table(), source.described(), joined(rows.notes(), "offline, downloaded at " + rows.at()));
        }
        if (offline) {
            throw nothingKept("offline", source, "Run once without --offline to download them.");
        }
        String problem = recentProblem(name);
        if (problem == null) {
            YahooOutcome outcome = yahoo.bars(source.ticker(), from);
            if (outcome instanceof YahooOutcome.Fetched fetched) {
                return rows(fetched.bars(), source.described(), keep(name, fetched));
            }
            problem = ((YahooOutcome.Failed) outcome).problem();
            failures.put(name, new Failure(problem, clock.instant()));
            LOG.warn("{}", problem);
        }
        if (rows == null) {
            throw nothingKept(problem, source, "Check the ticker and the network, or try again later.");
        }
        String notes = joined(rows.notes(), "%s; rows downloaded at %s used instead".formatted(problem, rows.at()));
        return new Rows(rows.table(), source.described(), notes, true);
    }

    private Rows rows(Table table, String origin, String notes) {
        return new Rows(table, origin, notes, isOutdated(table));
    }

    /** The rows in memory, or those on disk when another process has put newer ones there. */
    private @Nullable Kept find(String name) {
        Kept inMemory = newest.get(name);
        try {
            Instant onDisk = kept.time(name);
            if (onDisk != null && (inMemory == null || onDisk.isAfter(inMemory.at()))) {
                inMemory = kept.read(name, onDisk);
                newest.put(name, inMemory);
            }
        } catch (InvalidDocumentException | IOException e) {
            LOG.warn("Kept rows cannot be read and are not used: {}", Reason.of(e));
        }
        return inMemory;
    }

    /** Keeps what was downloaded, and returns the notes on it. A folder that cannot be written costs a download later, not the run. */
    private String keep(String name, YahooOutcome.Fetched fetched) {
        Kept rows = new Kept(fetched.bars(), fetched.notes(), clock.instant());
        newest.put(name, rows);
        try {
            kept.keep(name, rows);
            return rows.notes();
        } catch (IOException e) {
            LOG.warn("Rows cannot be kept in {}: {}", kept.folder(), Reason.of(e));
            return joined(rows.notes(), "rows could not be kept in " + kept.folder());
        }
    }

    private @Nullable String recentProblem(String name) {
        Failure failure = failures.get(name);
        return failure != null && isWithin(LEFT_ALONE, failure.at()) ? failure.problem() : null;
    }

    private SourceException nothingKept(String problem, Source.Yahoo source, String remedy) {
        return new SourceException("%s: %s, and no readable rows of it are kept in %s. %s"
                .formatted(source.described(), problem, kept.folder(), remedy));
    }

    private static String joined(String notes, String more) {
        return notes.isEmpty() || more.isEmpty() ? notes + more : notes + "; " + more;
    }

    private boolean isWithin(Duration length, Instant at) {
        Duration age = Duration.between(at, clock.instant());
        return !age.isNegative() && age.compareTo(length) < 0;
    }

    private boolean isOutdated(Table table) {
        LocalDate newest = Days.newest(table);
        return newest != null && newest.plusDays(LONGEST_USUAL_CLOSURE_DAYS).isBefore(today());
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(ZoneOffset.UTC));
    }

    /**
     * A day early enough for all windows of the first run, or for all rows that there are. An exchange is open on about 252 days of 365; this counts on fewer. The first of
     * January, so that a definition without an anchor does not ask for another range, and keep another file, each day.
     */
    private LocalDate firstDay(Definition definition) {
        OptionalInt rows = definition
                .split()
                .neededRows(definition.warmUp(), definition.target().horizon());
        if (rows.isEmpty()) {
            return EARLIEST_DAY;
        }
        LocalDate anchor = definition.split().anchor();
        LocalDate last = anchor == null || anchor.isAfter(today()) ? today() : anchor;
        LocalDate day = last.minusDays(rows.getAsInt() * 8L / 5 + 30).withDayOfYear(1);
        return day.isBefore(EARLIEST_DAY) ? EARLIEST_DAY : day;
    }
}
