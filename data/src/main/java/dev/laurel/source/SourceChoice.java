package dev.laurel.source;

import dev.laurel.definition.Source;
import dev.laurel.table.Table;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code laurel init} writes into a definition: which of its two sources a models repository uses, for good, since the two must not
 * mix, and where its clock begins.
 *
 * @param why the reason, for the log: {@code Yahoo Finance is out of reach (UnknownHostException: ...)}
 * @param newest the key of the newest row of the source chosen; null where its rows have none
 * @param anchor one year before that row; null where its key is no day
 */
public record SourceChoice(
        Source.Choice choice,
        String why,
        @Nullable String newest,
        @Nullable LocalDate anchor) {
    private static final int DAYS_ASKED_FOR = 30;

    /**
     * Asks Yahoo Finance once, with no second try, and takes the fallback when no bars come back, whatever the reason: Yahoo answers 404
     * both for a ticker that it does not know and when it moves its service. Takes the fallback of a file that is not there. Empty for a
     * source that leaves no choice.
     *
     * @param offline to take Yahoo's fallback without asking
     * @param data the folder of files; null where there is none
     * @throws SourceException when the fallback is needed and the source names none, or one that does not exist
     * @throws dev.laurel.yaml.InvalidDocumentException when the file is there, but its keys cannot be read
     */
    public static Optional<SourceChoice> make(Source source, boolean offline, Clock clock, @Nullable Path data) {
        if (source instanceof Source.Yahoo yahoo) {
            return Optional.of(ofYahoo(yahoo, offline, clock));
        }
        return source instanceof Source.Csv csv && csv.fallback() != null
                ? Optional.of(ofFile(csv, csv.fallback(), new CsvSource(data)))
                : Optional.empty();
    }

    private static SourceChoice ofYahoo(Source.Yahoo source, boolean offline, Clock clock) {
        if (offline) {
            return fallback(source, "offline");
        }
        LocalDate from = LocalDate.now(clock.withZone(ZoneOffset.UTC)).minusDays(DAYS_ASKED_FOR);
        YahooOutcome outcome = YahooSource.quick(clock).bars(source.ticker(), from);
        if (outcome instanceof YahooOutcome.Fetched fetched) {
            String why = "Yahoo Finance has %s bars of %s".formatted(source.interval(), source.ticker());
            return choice(Source.Choice.SOURCE, why, fetched.bars());
        }
        return fallback(source, ((YahooOutcome.Failed) outcome).problem());
    }

    private static SourceChoice fallback(Source.Yahoo source, String why) {
        if (source.fallback() == null) {
            throw new SourceException(
                    "%s: %s, and the source has no fallback. Add one to the definition, as in 'fallback: sp500-2000', or try again later."
                            .formatted(source.ticker(), why));
        }
        return choice(Source.Choice.FALLBACK, why, bundled(source.fallback()));
    }

    private static SourceChoice ofFile(Source.Csv source, String fallback, CsvSource files) {
        String absence = files.absence(source);
        if (absence != null) {
            return choice(Source.Choice.FALLBACK, "%s: %s".formatted(source.path(), absence), bundled(fallback));
        }
        Table keys = files.read(source, CsvTable.Asked.NOTHING).table();
        return choice(Source.Choice.SOURCE, source.path() + " is in the data folder", keys);
    }

    private static Table bundled(String name) {
        return BundledFile.of(name).read(CsvTable.Asked.NOTHING).table();
    }

    private static SourceChoice choice(Source.Choice choice, String why, Table table) {
        LocalDate day = Days.newest(table);
        return new SourceChoice(choice, why, table.keyOrNull(table.rows() - 1), day == null ? null : day.minusYears(1));
    }
}
