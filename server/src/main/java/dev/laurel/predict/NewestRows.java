package dev.laurel.predict;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Source;
import dev.laurel.follow.LoadedModel;
import dev.laurel.follow.Standing;
import dev.laurel.model.ModelName;
import dev.laurel.monitor.ServerMetrics.NewestRow;
import dev.laurel.program.Reason;
import dev.laurel.source.RowStore;
import dev.laurel.source.Rows;
import dev.laurel.table.Table;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest rows of every source that a loaded model reads, kept in memory. A thread of its own refreshes them; no request ever waits for
 * a source. When a source fails, the rows at hand go on being used and are marked as stale.
 */
public final class NewestRows implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NewestRows.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final RowStore store;
    private final Clock clock;
    private final Map<ModelName, Definition> wanted = new ConcurrentHashMap<>();
    private final Map<ModelName, Definition> wantedByChallengers = new ConcurrentHashMap<>();
    private final Map<Asked, Fetched> fetched = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread rows = new Thread(task, "rows");
        rows.setDaemon(true);
        return rows;
    });

    /** Two models of one source may ask for other columns of it. */
    private record Asked(ModelName model, Source source) {
        static Asked of(Definition definition) {
            return new Asked(definition.model(), definition.source().effective());
        }
    }

    /** What the last refresh gave: rows, or the reason why there are none yet. */
    private record Fetched(@Nullable Rows rows, String problem) {}

    public NewestRows(RowStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    public void start() {
        var unused = thread.scheduleWithFixedDelay(
                () -> Stream.concat(wanted.values().stream(), wantedByChallengers.values().stream())
                        .distinct()
                        .forEach(this::refresh),
                EVERY.toMillis(),
                EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Follows which models are loaded, so that their rows are there. */
    public void standing(ModelName model, Standing standing) {
        follow(model, standing.answering(), wanted);
    }

    /** The same of what is tried beside a champion, which may have another source. */
    public void challenger(ModelName model, Optional<LoadedModel> challenger) {
        follow(model, challenger, wantedByChallengers);
    }

    /** Whether there are rows enough for a version. */
    boolean has(LoadedModel model) {
        Fetched newest = fetched.get(Asked.of(model.definition()));
        Rows rows = newest == null ? null : newest.rows();
        return rows != null && rows.table().rows() > model.features().warmUp();
    }

    private void follow(ModelName model, Optional<LoadedModel> loaded, Map<ModelName, Definition> follows) {
        Definition definition = loaded.filter(LoadedModel::isSeries)
                .map(LoadedModel::definition)
                .orElse(null);
        if (definition == null) {
            follows.remove(model);
        } else if (!definition.equals(follows.put(model, definition))) {
            thread.execute(() -> refresh(definition));
        }
    }

    private void refresh(Definition definition) {
        Asked source = Asked.of(definition);
        try {
            Rows rows = store.rows(definition);
            fetched.put(source, new Fetched(rows, ""));
        } catch (RuntimeException e) {
            String problem = Reason.of(e);
            LOG.warn("No newer rows for {}: {}", definition.model(), problem);
            fetched.merge(source, new Fetched(null, problem), (before, failed) -> {
                Rows rows = before.rows();
                return rows == null
                        ? failed
                        : new Fetched(new Rows(rows.table(), rows.origin(), rows.notes(), true), problem);
            });
        }
    }

    /** @throws UnansweredException when there are too few rows so far */
    Rows of(LoadedModel model) {
        Fetched newest = fetched.get(Asked.of(model.definition()));
        if (newest == null) {
            throw UnansweredException.unavailable(
                    "rows: none yet; they are being fetched (expected: within a minute; try again)");
        }
        Rows rows = newest.rows();
        if (rows == null) {
            throw UnansweredException.unavailable(
                    "rows: none yet (expected: those of the model's source). %s".formatted(newest.problem()));
        }
        int needed = model.features().warmUp() + 1;
        if (rows.table().rows() < needed) {
            throw UnansweredException.unavailable("rows of %s: %s (expected: at least %s)"
                    .formatted(rows.origin(), rows.table().rows(), needed));
        }
        return rows;
    }

    /**
     * As many rows right before a key as the model looks back at.
     *
     * @param warnings is told when the newest of them is long before it
     * @throws UnansweredException when there are too few, or the key is of another kind than those of the rows
     */
    Table before(LoadedModel model, String key, Warnings warnings) {
        Table table = of(model).table();
        String column = String.valueOf(table.keyColumn());
        String newest = table.key(table.rows() - 1);
        Optional<KeyDay> day = KeyDay.of(key);
        Optional<KeyDay> usual = KeyDay.of(newest);
        // By text a day stands after its month, and a month before its days: one would count twice, or not at all.
        if (usual.isPresent() && !usual.map(KeyDay::usualGap).equals(day.map(KeyDay::usualGap))) {
            throw UnansweredException.invalid(column, key, "a key such as " + newest);
        }
        int end = table.firstAtOrAfter(key);
        int needed = model.features().warmUp();
        if (end < needed) {
            throw UnansweredException.invalid(
                    column, key, "one with %s rows before it, so after %s".formatted(needed, table.key(needed - 1)));
        }
        String last = table.key(end - 1);
        if (day.isPresent() && KeyDay.of(last).filter(day.get()::isLongAfter).isPresent()) {
            warnings.add(column, key, "soon after the newest row before it, which is of " + last);
        }
        return table.slice(end - needed, end);
    }

    /** How old the newest row of each model is. */
    public Map<ModelName, NewestRow> ages() {
        Map<ModelName, NewestRow> ages = new TreeMap<>();
        wanted.forEach((model, definition) -> {
            Fetched newest = fetched.get(Asked.of(definition));
            Rows rows = newest == null ? null : newest.rows();
            if (rows != null) {
                KeyDay.of(rows.table().key(rows.table().rows() - 1))
                        .map(key -> key.day().atStartOfDay(ZoneOffset.UTC).toInstant())
                        .ifPresent(day ->
                                ages.put(model, new NewestRow(Duration.between(day, clock.instant()), rows.stale())));
            }
        });
        return ages;
    }

    /** A download under way is left to end by itself. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
