package dev.laurel.feature;

import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Says;
import dev.laurel.table.Table;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * A part of a date, which is the key or a column of dates such as {@code 2020-04-17} (or {@code 2020-04}, its first day; what follows the day
 * is passed over). As a number counted from 1, or as a cyclic pair, the sine and the cosine of the part's share of its whole, so that
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
    /** Which part, and how many of them make a whole. */
    public enum Part {
        @Says("1..12.")
        MONTH(12),
        @Says("1..7; Monday is 1.")
        WEEKDAY(7),
        @Says("1..31.")
        DAY_OF_MONTH(31),
        @Says("1..366.")
        DAY_OF_YEAR(366),
        @Says("The year itself, which is never cyclic.")
        YEAR(0);

        private final int whole;

        Part(int whole) {
            this.whole = whole;
        }

        private int of(LocalDate date) {
            return switch (this) {
                case MONTH -> date.getMonthValue();
                case WEEKDAY -> date.getDayOfWeek().getValue();
                case DAY_OF_MONTH -> date.getDayOfMonth();
                case DAY_OF_YEAR -> date.getDayOfYear();
                case YEAR -> date.getYear();
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
        int value = part.of(date(text == null ? "" : text, column + " at " + table.place(row)));
        if (cyclic) {
            double angle = 2 * Math.PI * (value - 1) / part.whole;
            // StrictMath, so that every machine gives the same digits.
            into[at] = StrictMath.sin(angle);
            into[at + 1] = StrictMath.cos(angle);
        } else {
            into[at] = value;
        }
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
