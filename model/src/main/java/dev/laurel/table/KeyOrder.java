package dev.laurel.table;

import dev.laurel.model.InvalidValueException;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether keys, which are compared as texts, rise as what they say does. Texts of numbers and of dates need not: 10 comes before 9,
 * 01.02.2020 before 31.01.2020, and Apr 2020 before Jan 2020.
 */
final class KeyOrder {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    /** In any country's order, such as {@code 1/2/2020}, {@code 2020-1-2}, {@code 4/2020}, {@code 3 Jan 2020} and {@code Q1 2020}. */
    private static final Pattern DATE = dates();

    private static final Pattern RISING_DATE = Pattern.compile("\\d{4}([./-])\\d{2}(\\1\\d{2}(\\D*|\\D+\\d\\d.*))?");

    private KeyOrder() {}

    private static Pattern dates() {
        String numbers =
                "(\\d{1,4}([./-])\\d{1,2}\\2\\d{1,4}|\\d{1,2}[./-]\\d{4}|\\d{4}[./-]\\d{1,2}|Q\\d\\W*\\d{4})(\\D.*)?";
        String month =
                "(JAN(UARY)?|FEB(RUARY)?|MAR(CH)?|APR(IL)?|MAY|JUNE?|JULY?|AUG(UST)?|SEPT?(EMBER)?|OCT(OBER)?|NOV(EMBER)?|DEC(EMBER)?)";
        return Pattern.compile(
                numbers + "|(.*[\\W\\d])?" + month + "\\W*\\d{2}.*|\\d{2,4}\\W*" + month + "\\b.*",
                Pattern.CASE_INSENSITIVE);
    }

    /** @throws InvalidValueException when they do not */
    static void expect(String column, List<String> keys) {
        if (keys.stream().allMatch(key -> NUMBER.matcher(key).matches())) {
            expectNumbers(column, keys);
            return;
        }
        Matcher date = DATE.matcher("");
        Matcher rising = RISING_DATE.matcher("");
        for (String key : keys) {
            if (!rising.reset(key).matches() && date.reset(key).matches()) {
                throw new InvalidValueException(
                        "key " + column,
                        "'" + key + "'",
                        "dates such as 2020-04-17, where rows follow one another; date_format of the source says how they are written");
            }
        }
    }

    private static void expectNumbers(String column, List<String> keys) {
        for (int i = 1; i < keys.size(); i++) {
            String key = keys.get(i);
            String before = keys.get(i - 1);
            if (new BigDecimal(before).compareTo(new BigDecimal(key)) >= 0) {
                throw new InvalidValueException(
                        "key " + column,
                        "'%s' before '%s'".formatted(before, key),
                        "keys that rise as texts, where rows follow one another: dates such as 2020-04-17, or numbers of as many digits each, such as 007");
            }
        }
    }
}
