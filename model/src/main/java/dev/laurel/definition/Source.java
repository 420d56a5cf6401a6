package dev.laurel.definition;

import dev.laurel.model.Default;
import dev.laurel.model.Expect;
import dev.laurel.model.Says;
import dev.laurel.model.Within;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the rows of a model come from, as its definition says. */
public sealed interface Source {

    /** What {@code laurel init} wrote down: the source itself, or its fallback. Never changed later, since the two must not mix. */
    enum Choice {
        @Says("The source itself.")
        SOURCE,
        @Says("The bundled rows that the source names as its fallback.")
        FALLBACK
    }

    /** For people: {@code Yahoo Finance SPY 1d}. */
    String described();

    /** The bundled rows to take where the source is out of reach when the models repository is made; null where there are none. */
    @Says("The bundled rows to take where the source is out of reach when the models repository is made; absent: none.")
    default @Nullable String fallback() {
        return null;
    }

    /** Which of the two this repository uses; null until {@code laurel init} decides. */
    @Says(
            "Which of the two this repository uses. Written by `laurel init`, and never changed later: the two must not mix.")
    default @Nullable Choice chosen() {
        return null;
    }

    @Says("Daily bars of one ticker from Yahoo Finance. Keys are days; columns are open, high, low, close and volume.")
    record Yahoo(
            @Says("A Yahoo symbol such as SPY or ^GSPC.") String ticker,
            @Says("The length of a bar: 1d, a day.") String interval,
            @Nullable String fallback,
            @Nullable Choice chosen)
            implements Source {
        private static final Pattern TICKER = Pattern.compile("[A-Z0-9^][A-Z0-9.=-]{0,19}");

        public Yahoo {
            Expect.that(TICKER.matcher(ticker).matches(), "ticker", ticker, "a Yahoo symbol such as SPY or ^GSPC");
            Expect.that(interval.equals("1d"), "interval", interval, "1d");
            checkChoice(fallback, chosen);
        }

        @Override
        public String described() {
            return "Yahoo Finance %s %s".formatted(ticker, interval);
        }
    }

    @Says("Rows that are part of Laurel itself.")
    record Bundled(
            @Says("Which of them, such as iris, airline-passengers or sp500-2000.")
            String name) implements Source {
        public Bundled {
            Expect.notBlank("name", name);
        }

        @Override
        public String described() {
            return "bundled rows " + name;
        }
    }

    /**
     * A file of comma-separated values: a header, then a line for each row. Columns may stand in any order; those that nothing asks for are
     * passed over.
     */
    @Says("A file of comma-separated values: a header, then a line for each row. Columns may stand in any order.")
    record Csv(
            @Says("The file, below the folder of LAUREL_DATA or --data. A name that ends in .gz is decompressed.")
            String path,

            @Says(
                    "The column whose values are the keys, each once, by which rows are sorted as texts; absent: rows without keys.")
            @Nullable
            String key,

            @Says("The mark between fields.") @Default(",") String delimiter,

            @Says("The mark before the fraction of a number.") @Default(".")
            String decimal,

            @Says("A mark between thousands, which is passed over; absent: none.") @Nullable
            String thousands,

            @Says(
                    "Texts that stand for a missing value, beside an empty field; absent: NA, N/A, #N/A, NaN, null, NULL and ?.")
            @Nullable
            List<String> missing,

            @Says(
                    "How keys are written, such as dd.MM.yyyy; they are turned into dates such as 2020-04-17. Absent: as they are.")
            @Nullable
            String dateFormat,

            @Says("How bytes are turned into text: UTF-8, ISO-8859-1 or windows-1252.") @Default("UTF-8")
            String encoding,

            @Nullable String fallback,
            @Nullable Choice chosen)
            implements Source {
        /** What stands for a missing value where a definition does not say. */
        private static final List<String> USUAL = List.of("NA", "N/A", "#N/A", "NaN", "null", "NULL", "?");

        public Csv {
            Expect.that(
                    !path.isBlank() && !path.startsWith("/") && !path.contains("..") && !path.contains("\\"),
                    "path",
                    "'" + path + "'",
                    "a path below the data folder, without ..");
            Expect.that(delimiter.length() == 1, "delimiter", delimiter, "one character");
            Expect.that(
                    decimal.length() == 1 && !decimal.equals(delimiter),
                    "decimal",
                    decimal,
                    "one character, another one than the delimiter");
            Expect.that(
                    thousands == null || (thousands.length() == 1 && !thousands.equals(decimal)),
                    "thousands",
                    String.valueOf(thousands),
                    "one character, another one than the decimal mark");
            Expect.that(
                    List.of("UTF-8", "ISO-8859-1", "windows-1252").contains(encoding),
                    "encoding",
                    encoding,
                    "UTF-8, ISO-8859-1 or windows-1252");
            missing = missing == null ? null : List.copyOf(missing);
            checkChoice(fallback, chosen);
        }

        @Override
        public String described() {
            return "csv " + path;
        }

        public boolean isMissing(String field) {
            return field.isEmpty() || (missing == null ? USUAL : missing).contains(field);
        }
    }

    @Says(
            "The rows that a query of a PostgreSQL database gives. Its user and password stand in the environment, never here.")
    record Jdbc(
            @Says(
                    "The address, such as jdbc:postgresql://db.example.org:5432/prices?sslmode=verify-full; absent: that of LAUREL_DATABASE_URL.")
            @Nullable
            String url,

            @Says(
                    "A select. ${LAUREL_QUERY_<NAME>} in it stands for the value of that variable of the environment, and not between quotes.")
            String query,

            @Says(
                    "The column whose values are the keys, each once, by which rows are sorted as texts; absent: rows without keys, in the order of the query.")
            @Nullable
            String key)
            implements Source {
        public Jdbc {
            if (url != null) {
                url = new DatabaseAddress(url).text();
            }
            query = new Query(query).text();
        }

        @Override
        public String described() {
            return url == null ? "jdbc" : "jdbc " + new DatabaseAddress(url).place();
        }
    }

    /** Two sources side by side. All rows of the left one stay, in their order; what the right one has no row for is missing. */
    @Says(
            "The rows of one source, each with the columns of a row of another. All rows of the left one stay, in their order; where the right one has none, its columns are missing.")
    record Joined(
            @Says("The source whose rows these are.") Source left,

            @Says("The source that adds columns. It has keys.")
            Source right,

            @Says("The column of the left source that is looked up among the keys of the right one; absent: its key.")
            @Nullable
            String on,

            @Says("Which row of the right source belongs to one of the left.")
            How how,

            @Says(
                    "With newest-before: a row that is older than so many days counts as none. Keys are dates then. Absent: any age.")
            @Nullable
            @Within(from = 0, to = LONGEST_AGE)
            Integer maxDays,

            @Says("What stands before the names of the right source's columns here, such as vix_; absent: nothing.")
            @Nullable
            String prefix)
            implements Source {
        private static final int LONGEST_AGE = 36_500;

        /** Which row of the right source belongs to one of the left. */
        public enum How {
            @Says("The one with this very key.")
            EXACT,
            @Says("The one with this key or, where there is none, with the last one before it.")
            NEWEST_BEFORE
        }

        public Joined {
            if (maxDays != null) {
                Expect.that(how == How.NEWEST_BEFORE, "max_days", maxDays, "none with exact, which takes no older row");
                Expect.range("max_days", maxDays, 0, LONGEST_AGE);
            }
        }

        @Override
        public String described() {
            return "%s joined with %s".formatted(left.described(), right.described());
        }
    }

    private static void checkChoice(@Nullable String fallback, @Nullable Choice chosen) {
        Expect.that(
                chosen != Choice.FALLBACK || fallback != null, "chosen", "fallback", "a fallback beside it, or source");
    }

    /** The source that is really read: the fallback where that was chosen. */
    default Source effective() {
        String fallback = fallback();
        return chosen() == Choice.FALLBACK && fallback != null ? new Bundled(fallback) : this;
    }
}
