package dev.laurel.definition;

import dev.laurel.model.Default;
import dev.laurel.model.Expect;
import dev.laurel.model.Says;
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
                    "The column whose values are the keys, each once, by which rows are sorted; absent: rows without keys.")
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
