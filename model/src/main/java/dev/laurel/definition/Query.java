package dev.laurel.definition;

import dev.laurel.model.Expect;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A query, in which {@code ${LAUREL_QUERY_SINCE}} stands for the value of that variable of the environment. Values are bound, and never become
 * part of the text. Only variables of this name can be read, so that no definition gets at a password.
 */
public record Query(String text) {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern NAME = Pattern.compile("LAUREL_QUERY_[A-Z0-9_]+");

    public Query {
        Expect.notBlank("query", text);
        text = text.strip();
        PLACE.matcher(text)
                .results()
                .forEach(place -> Expect.that(
                        NAME.matcher(place.group(1)).matches(),
                        "query",
                        place.group(),
                        "the name of a variable of the environment that begins with LAUREL_QUERY_"));
    }

    /** The variables that it names, in the order in which they stand there; one that stands there twice comes twice. */
    public List<String> variables() {
        return PLACE.matcher(text).results().map(place -> place.group(1)).toList();
    }

    /** With a question mark in each of their places. */
    public String marked() {
        return PLACE.matcher(text).replaceAll("?");
    }

    /**
     * The line and the column in this text, each from 1, as in {@code 2:14}.
     *
     * @param position of a character in the text with {@code $1}, {@code $2} and so on in the places, from 1, as the server counts
     */
    public String lineAndColumn(int position) {
        int here = position - 1;
        int number = 0;
        for (MatchResult place : PLACE.matcher(text).results().toList()) {
            int numbered = ("$" + ++number).length();
            if (place.start() >= here) {
                break;
            }
            here = here < place.start() + numbered
                    ? place.start()
                    : here + place.group().length() - numbered;
        }
        String before = text.substring(0, Math.max(0, Math.min(here, text.length())));
        long lines = before.chars().filter(each -> each == '\n').count();
        return (lines + 1) + ":" + (before.length() - before.lastIndexOf('\n'));
    }
}
