package dev.laurel.front;

import dev.laurel.model.Expect;
import dev.laurel.model.Nearest;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What each {@link Limit} is in this server. */
public record Limits(Map<Limit, Integer> values) {
    public static final Limits USUAL = of(Map.of());

    public Limits {
        values = Map.copyOf(values);
    }

    /** @throws dev.laurel.model.InvalidValueException naming the variable */
    public static Limits of(Map<String, String> environment) {
        Map<Limit, Integer> values = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            String text = environment.getOrDefault(limit.setting(), "");
            boolean valid = text.isEmpty()
                    || (text.matches("[0-9]{1,9}")
                            && Integer.parseInt(text) >= limit.lowest()
                            && Integer.parseInt(text) <= limit.highest());
            Expect.that(
                    valid,
                    limit.setting(),
                    text,
                    "%s..%s %s".formatted(limit.lowest(), limit.highest(), limit.meaning()));
            values.put(limit, text.isEmpty() ? limit.usual() : Integer.parseInt(text));
        }
        expectKnown(environment);
        return new Limits(values);
    }

    /** One that is misspelt would leave the usual limit where another was meant. */
    private static void expectKnown(Map<String, String> environment) {
        List<String> known = Arrays.stream(Limit.values()).map(Limit::setting).toList();
        for (String name : environment.keySet()) {
            Expect.that(
                    !name.startsWith(Limit.SETTING) || known.contains(name),
                    name,
                    environment.get(name),
                    "a limit that there is, such as " + Nearest.to(name, known).orElseThrow());
        }
    }

    public int get(Limit limit) {
        return Objects.requireNonNull(values.get(limit));
    }

    Duration seconds(Limit limit) {
        return Duration.ofSeconds(get(limit));
    }
}
