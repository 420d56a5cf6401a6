package dev.laurel.definition;

import dev.laurel.model.Expect;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Where a PostgreSQL database is, in the form of its driver for Java. Holds no password, since addresses stand in definitions, in histories of
 * shells and in logs.
 */
public record DatabaseAddress(String text) {
    /** What every address begins with. */
    public static final String SCHEME = "jdbc:postgresql:";

    private static final String REMEDY =
            "an address without a password; it stands in LAUREL_DATABASE_PASSWORD, in PGPASSWORD, or in a file that LAUREL_DATABASE_PASSWORD_FILE names";

    /** No others: some name classes that the driver would load, or files that it would write. */
    private static final List<String> PARAMETERS = List.of(
            "applicationname",
            "connecttimeout",
            "currentschema",
            "logintimeout",
            "sockettimeout",
            "sslcert",
            "sslkey",
            "sslmode",
            "sslrootcert",
            "targetservertype",
            "user");

    public DatabaseAddress {
        // Nothing of it is shown as long as it may hold a password.
        Expect.that(!withPassword(text), "database address", "one with a password", REMEDY);
        Expect.that(
                text.startsWith(SCHEME) && text.length() > SCHEME.length(),
                "database address",
                text,
                SCHEME + "//host:port/database");
        for (String name : parameters(text)) {
            Expect.that(
                    PARAMETERS.contains(name.toLowerCase(Locale.ROOT)),
                    "database address",
                    "parameter " + name,
                    "one of " + String.join(", ", PARAMETERS));
        }
    }

    /** Whether a text is meant to be one. */
    public static boolean isOne(String text) {
        return text.startsWith("jdbc:");
    }

    private static boolean withPassword(String text) {
        String place = text.split("\\?", 2)[0];
        return place.contains("@")
                || parameters(text).stream()
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains("password"));
    }

    private static List<String> parameters(String text) {
        String[] parts = text.split("\\?", 2);
        return parts.length == 1
                ? List.of()
                : new TreeSet<>(Arrays.stream(parts[1].split("&"))
                                .map(each -> each.split("=", 2)[0])
                                .toList())
                        .stream().toList();
    }

    /** For people: {@code db.example.org:5432/prices}. */
    public String place() {
        return text.substring(SCHEME.length()).split("\\?", 2)[0].replaceFirst("^//", "");
    }
}
