package dev.laurel.source;

import dev.laurel.table.Table;
import dev.laurel.definition.Source;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What {@code laurel init} writes into a definition: which of its two sources a models repository uses, for good, since the two must not
 * mix, and where its clock begins.
 *
 * @param why the reason, for the log: {@code Yahoo Finance is out of reach (UnknownHostException: ...)}
 * @param newest the key of the newest row of the source chosen
 * @param anchor one year before that row
 */
public record SourceChoice(Source.Choice choice, String why, String newest, LocalDate anchor) {
    private static final int DAYS_ASKED_FOR = 30;

    /**
     * Asks Yahoo Finance once, with no second try, and takes the fallback when no bars come back, whatever the reason: Yahoo answers 404
     * both for a ticker that it does not know and when it moves its service.
     *
     * @param offline to take the fallback without asking
     * @throws SourceException when the fallback is needed and the source names none, or one that does not exist
     */
    public static SourceChoice make(Source.Yahoo source, boolean offline, Clock clock) {
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
        return choice(Source.Choice.FALLBACK, why, BundledHistory.table(source.fallback()));
    }

    private static SourceChoice choice(Source.Choice choice, String why, Table table) {
        String newest = table.key(table.rows() - 1);
        return new SourceChoice(choice, why, newest, LocalDate.parse(newest).minusYears(1));
    }
}
