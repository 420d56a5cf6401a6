package dev.laurel.feature;

import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Says;
import dev.laurel.table.Table;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a date, which is the key or a column of dates such as {@code 2020-04-17} (or {@code 2020-04}, its first day; what follows the day
 * is passed over, but for the hour). As a number, or as a cyclic pair, the sine and the cosine of the part's share of its whole, so that
 * December is near January.
 */
@Says("A part of a date such as 2020-04-17, 2020-04 or 2020-04-17T21:00:00, as a number or as a cyclic pair.")
public record Calendar(
        String name,
        @Says("The key, or a column of dates.") String column,
        @Says("Which part of it.") Part part,

        @Says("Whether as sine and cosine of the part's share of its whole, so that December is near January.")
        boolean cyclic)
        implements Feature {
    private static final Pattern TIME = Pattern.compile(".{10}[T ]([01]?\\d|2[0-3])(:.*)?");

    /** Which part, and how many of them make a whole. */
    public enum Part {
        @Says("1..12.")
        MONTH(1, 12),
        @Says("1..7; Monday is 1.")
        WEEKDAY(1, 7),
        @Says("1..31.")
        DAY_OF_MONTH(1, 31),
        @Says("1..366.")
        DAY_OF_YEAR(1, 366),
        @Says("The year itself, which is never cyclic.")
        YEAR(0, 0),
        @Says("0..23, of dates with a time such as 2020-04-17T21:00.")
        HOUR(0, 24);

        private final int first;
        private final int whole;

        Part(int first, int whole) {
            this.first = first;
            this.whole = whole;
        }

        private int of(String text, String thing) {
            LocalDate date = date(text, thing);
            return switch (this) {
                case MONTH -> date.getMonthValue();
                case WEEKDAY -> date.getDayOfWeek().getValue();
                case DAY_OF_MONTH -> date.getDayOfMonth();
                case DAY_OF_YEAR -> date.getDayOfYear();
                case YEAR -> date.getYear();
                case HOUR -> hour(text, thing);
            };
        }
    }

    public Calendar {
        Feature.check(name, column);
        if (cyclic && part == Part.YEAR) {
            throw new InvalidValueException("cyclic", true, "false, since years do not come again");
        }
    }

    @Override
    public List<String> numbers() {
        return List.of();
    }

    @Override
    public List<String> words() {
        return List.of(column);
    }

    @Override
    public List<String> outputs(State state) {
        return cyclic ? List.of(name + "_sin", name + "_cos") : List.of(name);
    }

    @Override
    public void compute(Table table, int row, State state, double[] into, int at) {
        String text = table.word(column, row);
        int value = part.of(text == null ? "" : text, column + " at " + table.place(row));
        if (cyclic) {
            double angle = 2 * Math.PI * (value - part.first) / part.whole;
            // StrictMath, so that every machine gives the same digits.
            into[at] = StrictMath.sin(angle);
            into[at + 1] = StrictMath.cos(angle);
        } else {
            into[at] = value;
        }
    }

    @Override
    public String anyWord() {
        return part == Part.HOUR ? "2020-04-17T12:00" : "2020-04-17";
    }

    private static int hour(String text, String thing) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new InvalidValueException(thing, "'" + text + "'", "a date with a time such as 2020-04-17T21:00");
        }
        return Integer.parseInt(time.group(1));
    }

    private static LocalDate date(String text, String thing) {
        try {
            return text.length() == 7
                    ? YearMonth.parse(text).atDay(1)
                    : LocalDate.parse(text.substring(0, Math.min(10, text.length())));
        } catch (DateTimeParseException e) {
            throw new InvalidValueException(thing, "'" + text + "'", "a date such as 2020-04-17");
        }
    }
}
