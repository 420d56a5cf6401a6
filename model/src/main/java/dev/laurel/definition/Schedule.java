package dev.laurel.definition;

import dev.laurel.model.Expect;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How often a model is trained, {@code 5m}, {@code 6h}, {@code 7d}: at least this long between the beginnings of two trainings. */
public record Schedule(Duration every) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,3})([mhd])");

    public Schedule {
        Expect.that(every.toMinutes() > 0, "schedule", every, "a minute at least");
    }

    public static Schedule parse(String text) {
        Matcher matcher = FORM.matcher(text);
        Expect.that(matcher.matches(), "schedule", text, "a time such as 5m, 6h or 7d");
        long number = Long.parseLong(matcher.group(1));
        return new Schedule(
                switch (matcher.group(2)) {
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }

    /** As it is read; each time in one form only, so that writing never changes its bytes twice. */
    @Override
    public String toString() {
        long minutes = every.toMinutes();
        if (minutes % 1440 == 0) {
            return minutes / 1440 + "d";
        }
        return minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m";
    }
}
