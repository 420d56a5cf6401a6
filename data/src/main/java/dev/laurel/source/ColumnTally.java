package dev.laurel.source;

import dev.laurel.model.InvalidValueException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks at the values of one column, one after another. */
final class ColumnTally {
    /** So many values are counted one by one. */
    private static final int FEW = 50;

    private static final NumberText POINT = new NumberText(".", ",");
    private static final NumberText COMMA = new NumberText(",", null);
    /** Only for numbers that have both marks: a point alone is rather that of a fraction. */
    private static final NumberText COMMA_AND_POINTS = new NumberText(",", ".");

    private static final Pattern WHOLE = Pattern.compile("[-+]?\\d{1,15}");
    private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
    private static final Pattern ISO = Pattern.compile("\\d{4}-\\d{2}(-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}.*)?)?)?");

    private final String name;
    private final Set<String> seen = new HashSet<>();
    private final Set<String> times = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, DateTimeFormatter> dates = formats();
    private int missing;
    private int present;
    private boolean point = true;
    private boolean comma = true;
    private boolean grouped;
    private boolean whole = true;
    private boolean counted = true;
    private boolean iso = true;
    private boolean months = true;
    private double previous = Double.NaN;
    private double mean;
    private double squares;
    private double steps;

    ColumnTally(String name) {
        this.name = name;
    }

    /** Days before months and the other way round: what more values are than one of the two decides. */
    private static Map<String, DateTimeFormatter> formats() {
        Map<String, DateTimeFormatter> formats = new LinkedHashMap<>();
        for (String day : new String[] {"M/d/uuuu", "d/M/uuuu", "d.M.uuuu", "uuuu/M/d", "uuuu-M-d"}) {
            for (String time : new String[] {"", " H:mm", " H:mm:ss"}) {
                formats.put(
                        (day + time).replace('u', 'y'),
                        DateTimeFormatter.ofPattern(day + time, Locale.ENGLISH)
                                .withResolverStyle(ResolverStyle.STRICT));
            }
        }
        return formats;
    }

    /** @param field null where it is missing */
    void add(@Nullable String field) {
        if (field == null) {
            missing++;
            return;
        }
        present++;
        if (seen.size() < SurveyedColumn.MANY) {
            seen.add(field);
        }
        if (counts.size() <= FEW) {
            counts.merge(field, 1, Integer::sum);
        }
        number(field);
        date(field);
    }

    private void number(String field) {
        boolean both = field.contains(",") && field.contains(".");
        double withComma = comma ? number(both ? COMMA_AND_POINTS : COMMA, field) : Double.NaN;
        double withPoint = point ? number(POINT, field) : Double.NaN;
        comma &= !Double.isNaN(withComma);
        point &= !Double.isNaN(withPoint);
        grouped |= both || (point && field.contains(","));
        whole &= WHOLE.matcher(point ? field.replace(",", "") : field).matches();
        double number = point ? withPoint : withComma;
        counted &= whole && (present == 1 || number == previous + 1);
        steps += present == 1 ? 0 : (number - previous) * (number - previous);
        previous = number;
        // Welford 1962.
        double before = number - mean;
        mean += before / present;
        squares += before * (number - mean);
    }

    private static double number(NumberText form, String field) {
        try {
            return form.parse("", field);
        } catch (InvalidValueException e) {
            return Double.NaN;
        }
    }

    private void date(String field) {
        iso &= iso && ISO.matcher(field).matches();
        months &= iso && MONTH.matcher(field).matches();
        List<String> wrong = new ArrayList<>();
        dates.forEach((pattern, format) -> {
            try {
                format.parse(field);
            } catch (DateTimeParseException e) {
                wrong.add(pattern);
            }
        });
        dates.keySet().removeAll(wrong);
        int time = Math.max(field.indexOf(' '), field.indexOf('T'));
        if (time > 0 && (iso || !dates.isEmpty()) && times.size() < FEW) {
            times.add(field.substring(time + 1));
        }
    }

    /** Above 0 where it is one of numbers with a point only, below 0 where with a comma only. */
    int preference() {
        return present == 0 ? 0 : Boolean.compare(point, comma);
    }

    SurveyedColumn sum(boolean commas) {
        boolean numbers = present > 0 && (commas ? comma : point);
        String written = iso ? "" : dates.keySet().stream().findFirst().orElse(null);
        return new SurveyedColumn(
                name,
                missing,
                numbers,
                numbers && grouped,
                numbers && whole,
                numbers && counted && present > 2,
                seen.size(),
                counts.size() <= FEW ? new TreeMap<>(counts) : new TreeMap<>(),
                numbers && present > 1 ? Math.sqrt(squares / (present - 1)) : 0,
                numbers && present > 1 ? Math.sqrt(steps / (present - 1)) : 0,
                present == 0 || numbers ? null : written,
                times.size(),
                months && present > 0);
    }
}
