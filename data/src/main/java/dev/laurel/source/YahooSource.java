package dev.laurel.source;

import dev.laurel.program.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.CookieHandler;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import yahoofinance.histquotes2.QueryInterval;
import yahoofinance.query2v8.HistQuotesQuery2V8Request;
import yahoofinance.util.RedirectableRequest;

/** Daily bars from Yahoo Finance. The library sends the request; reading the answer is up to {@link YahooChart}. */
final class YahooSource {
    private static final Pattern STATUS = Pattern.compile("response code: (\\d{3})");
    private static final Duration LIMIT = Duration.ofSeconds(6);

    static {
        // The library reads this once; for connecting and for each read, in milliseconds.
        System.getProperties().putIfAbsent("yahoofinance.connection.timeout", "4000");
        // Once loaded it has replaced the cookie store of the whole JVM by one that takes everything.
        CookieHandler before = CookieHandler.getDefault();
        new RedirectableRequest(null);
        CookieHandler.setDefault(before);
    }

    /** How the time between two tries is spent. */
    @FunctionalInterface
    interface Pause {
        void take(Duration length) throws InterruptedException;
    }

    private final Clock clock;
    private final Duration limit;
    private final List<Duration> pauses;
    private final Pause pause;

    /**
     * @param limit for one try, from the look-up of the name to the last byte of the answer
     * @param pauses before each further try after a failure that may pass
     */
    YahooSource(Clock clock, Duration limit, List<Duration> pauses, Pause pause) {
        this.clock = clock;
        this.limit = limit;
        this.pauses = List.copyOf(pauses);
        this.pause = pause;
    }

    /** Tries again a few times, for runs that would otherwise be skipped. */
    static YahooSource patient(Clock clock) {
        List<Duration> pauses = List.of(Duration.ofSeconds(1), Duration.ofSeconds(4));
        return new YahooSource(clock, LIMIT, pauses, length -> Thread.sleep(length.toMillis()));
    }

    /** Tries once, where somebody waits. */
    static YahooSource quick(Clock clock) {
        return new YahooSource(clock, LIMIT, List.of(), length -> {});
    }

    /** The bars from this day on, to the newest finished one. */
    YahooOutcome bars(String ticker, LocalDate from) {
        Iterator<Duration> left = pauses.iterator();
        while (true) {
            YahooOutcome outcome = oneTry(ticker, from);
            boolean again = outcome instanceof YahooOutcome.Failed failed && failed.passing() && left.hasNext();
            if (!again) {
                return outcome;
            }
            try {
                pause.take(left.next());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return outcome;
            }
        }
    }

    /** On a thread of its own, since the library's timeouts bound neither the look-up of the name nor an answer that trickles in. */
    private YahooOutcome oneTry(String ticker, LocalDate from) {
        LocalDate tomorrow = LocalDate.now(clock.withZone(ZoneOffset.UTC)).plusDays(1);
        FutureTask<String> request = new FutureTask<>(
                () -> new HistQuotesQuery2V8Request(ticker, midnight(from), midnight(tomorrow), QueryInterval.DAILY)
                        .getJson());
        Thread thread = new Thread(request, "yahoo-finance");
        thread.setDaemon(true);
        thread.start();
        try {
            return YahooChart.parse(request.get(limit.toMillis(), TimeUnit.MILLISECONDS), ticker, clock.instant());
        } catch (TimeoutException e) {
            return new YahooOutcome.TimedOut("limit: " + limit.toMillis() + " ms");
        } catch (ExecutionException e) {
            return failure(e.getCause(), ticker);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new YahooOutcome.TimedOut("interrupted");
        }
    }

    /** A new one for each request, since the library changes the hour of what it is given, on a clock of twelve hours. */
    private static Calendar midnight(LocalDate day) {
        return GregorianCalendar.from(day.atStartOfDay(ZoneOffset.UTC));
    }

    /** The library gives a status only as the type or in the text of an exception. */
    private static YahooOutcome failure(@Nullable Throwable cause, String ticker) {
        if (cause instanceof FileNotFoundException) {
            return new YahooOutcome.UnknownTicker(ticker);
        }
        if (cause instanceof SocketTimeoutException) {
            return new YahooOutcome.TimedOut("the connection was silent for too long");
        }
        Matcher status = STATUS.matcher(String.valueOf(cause));
        if (cause instanceof IOException && status.find()) {
            return failure(Integer.parseInt(status.group(1)));
        }
        return new YahooOutcome.Unreachable(cause == null ? "nothing is known" : Reason.of(cause));
    }

    private static YahooOutcome failure(int status) {
        if (status == 429) {
            return new YahooOutcome.RateLimited();
        }
        return status >= 500 ? new YahooOutcome.ServerError(status) : new YahooOutcome.Refused(status);
    }
}
