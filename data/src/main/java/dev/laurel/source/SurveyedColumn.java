package dev.laurel.source;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a column look like.
 *
 * @param missing rows that have none
 * @param numbers whether all others are numbers, {@code true} and {@code false} among them
 * @param grouped whether some of them have marks between thousands
 * @param whole whether these are whole numbers
 * @param counted whether these go up by one from line to line, as the number of a line does
 * @param different how many different values; {@link #MANY} for that many or more
 * @param counts how often each value comes, where there are few; else empty
 * @param deviation the standard deviation of the numbers
 * @param step the root of the mean square of how much they change from line to line
 * @param dates how its dates are written; empty for {@code 2020-04-17} and {@code 2020-04}, null where they are none
 * @param timesOfDay how many different times its dates have; 0 for none
 * @param months whether its dates are months, {@code 2020-04}
 */
public record SurveyedColumn(
        String name,
        int missing,
        boolean numbers,
        boolean grouped,
        boolean whole,
        boolean counted,
        int different,
        SortedMap<String, Integer> counts,
        double deviation,
        double step,
        @Nullable String dates,
        int timesOfDay,
        boolean months) {
    public static final int MANY = 10_000;

    public SurveyedColumn {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }
}
