package dev.laurel.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that was probably meant. */
final class Nearest {
    private Nearest() {}

    /** The one that takes the fewest changes of letters; one that differs in capitals only comes first. */
    static Optional<String> to(String name, Collection<String> names) {
        String folded = name.toLowerCase(Locale.ROOT);
        return names.stream().min(Comparator.comparingInt(other -> changes(folded, other.toLowerCase(Locale.ROOT))));
    }

    /** Letters to be put in, left out or exchanged (Levenshtein 1966), row by row. */
    private static int changes(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int exchanged = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
