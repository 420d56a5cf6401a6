package dev.laurel.cli.common;

import dev.laurel.model.InvalidValueException;
import dev.laurel.registry.view.Author;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who makes the commits, and signs them where {@code LAUREL_SIGNING_KEY} names a key. */
public final class Authors {
    private static final Pattern FORM = Pattern.compile("([^<>]+?)\\s*<([^<>]+)>");

    private Authors() {}

    /** Training, and the promotions by the gate. */
    public static Author automation() {
        return new Author("Laurel", "laurel@localhost").signing(System.getenv());
    }

    /** Whoever typed the command: by LAUREL_AUTHOR, else by the name that Git has for them, else by that of the machine. */
    public static Author person() {
        String named = System.getenv("LAUREL_AUTHOR");
        return person(named == null ? GitIdentity.of(System.getenv()) : named, System.getProperty("user.name"))
                .signing(System.getenv());
    }

    public static Author person(@Nullable String named, String user) {
        if (named == null) {
            return new Author(user, user.replaceAll("[^A-Za-z0-9._-]", "-") + "@localhost");
        }
        Matcher matcher = FORM.matcher(named.strip());
        if (!matcher.matches()) {
            throw new InvalidValueException("LAUREL_AUTHOR", named, "Name <email>");
        }
        return new Author(matcher.group(1), matcher.group(2));
    }

    /** Why somebody did something, who did not say. */
    public static String reason(@Nullable String given, Author person) {
        return given == null ? "no reason given (by " + person.name() + ", on the command line)" : given;
    }
}
