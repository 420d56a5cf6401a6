package dev.laurel.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that was probably meant. */
public final class Nearest {
    private Nearest() {}

    /** The one that takes the fewest changes of letters; one that differs in capitals only comes first. */
    public static Optional<String> to(String name, Collection<String> names) {
        String folded = name.toLowerCase(Locale.ROOT);
        return names.stream().min(Comparator.comparingInt(other -> changes(folded, other.toLowerCase(Locale.ROOT))));
    }

    /** The one that was probably meant; none where all are far from it. Letters that changed places count twice, and are still near. */
    public static Optional<String> near(String name, Collection<String> names) {
        int most = name.length() <= 3 ? 1 : Math.max(2, name.length() / 3);
        return to(name, names)
                .filter(other -> changes(name.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT)) <= most);
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
