package dev.laurel.model;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the rows of a model come from, as its definition says. */
public sealed interface Source {

    /** What {@code laurel init} wrote down: the source itself, or its fallback. Never changed later, since the two must not mix. */
    enum Choice {
        SOURCE,
        FALLBACK
    }

    /**
     * Daily bars of one ticker from Yahoo Finance.
     *
     * @param interval the length of a bar; only {@code 1d}
     * @param fallback the bundled history to take where Yahoo is out of reach when the models repository is made
     * @param chosen which of the two this repository uses; absent until {@code laurel init} decides
     */
    record Yahoo(
            String ticker,
            String interval,
            @Nullable String fallback,
            @Nullable Choice chosen) implements Source {
        private static final Pattern TICKER = Pattern.compile("[A-Z0-9^][A-Z0-9.=-]{0,19}");

        public Yahoo {
            Expect.that(TICKER.matcher(ticker).matches(), "ticker", ticker, "a Yahoo symbol such as SPY or ^GSPC");
            Expect.that(interval.equals("1d"), "interval", interval, "1d");
            Expect.that(
                    chosen != Choice.FALLBACK || fallback != null,
                    "chosen",
                    "fallback",
                    "a fallback beside it, or source");
        }
    }

    /** A history that is part of Laurel itself, by name. */
    record Bundled(String history) implements Source {
        public Bundled {
            Expect.notBlank("history", history);
        }
    }

    /** The source that is really read: the fallback where that was chosen. */
    default Source effective() {
        return this instanceof Yahoo yahoo && yahoo.chosen() == Choice.FALLBACK && yahoo.fallback() != null
                ? new Bundled(yahoo.fallback())
                : this;
    }
}
