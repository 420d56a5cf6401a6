package dev.laurel.database;

import dev.laurel.model.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who asks, from the environment or from files that it names, such as mounted secrets. */
record Credentials(@Nullable String user, @Nullable String password) {

    static Credentials of(Map<String, String> environment) {
        return new Credentials(
                first(environment, List.of("LAUREL_DATABASE_USER", "PGUSER")),
                first(environment, List.of("LAUREL_DATABASE_PASSWORD", "PGPASSWORD")));
    }

    /** The first of the variables that has a value, or a file with one in the variable of the same name that ends in {@code _FILE}. */
    private static @Nullable String first(Map<String, String> environment, List<String> names) {
        for (String name : names) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value;
            }
            String file = environment.getOrDefault(name + "_FILE", "");
            if (!file.isEmpty()) {
                return content(name + "_FILE", file);
            }
        }
        return null;
    }

    private static String content(String variable, String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new InvalidValueException(variable, file, "a file that this process may read");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "user " + user;
    }
}
