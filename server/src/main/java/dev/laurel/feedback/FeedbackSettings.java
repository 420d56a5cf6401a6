package dev.laurel.feedback;

import dev.laurel.database.Database;
import dev.laurel.model.Expect;
import dev.laurel.store.FeedbackStore;
import dev.laurel.store.FeedbackTables;
import dev.laurel.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment says of feedback: {@code LAUREL_FEEDBACK} (all, sample:0.01 or off: which answers wait for their truth; all), {@code
 * LAUREL_RECORD} (the same words: which answers are kept with what was asked; off), {@code LAUREL_REPLICAS} (how many servers answer for one
 * model; 1), and where a database is: {@link Database#ADDRESS}.
 */
record FeedbackSettings(Sampling awaited, Sampling recorded, int replicas, Optional<Database> database) {
    private static final String REPLICAS = "LAUREL_REPLICAS";

    /** @throws dev.laurel.model.InvalidValueException when one of them is none */
    static FeedbackSettings of(Map<String, String> environment) {
        String replicas = said(environment, REPLICAS, "1");
        Expect.that(replicas.matches("[1-9]\\d{0,5}"), REPLICAS, replicas, "a number of servers: 1..999999");
        return new FeedbackSettings(
                Sampling.parse("LAUREL_FEEDBACK", said(environment, "LAUREL_FEEDBACK", "all")),
                Sampling.parse("LAUREL_RECORD", said(environment, "LAUREL_RECORD", "off")),
                Integer.parseInt(replicas),
                said(environment, Database.ADDRESS, "").isEmpty()
                        ? Optional.empty()
                        : Optional.of(Database.at(null, environment)));
    }

    private static String said(Map<String, String> environment, String name, String otherwise) {
        String said = environment.getOrDefault(name, "");
        return said.isBlank() ? otherwise : said.strip();
    }

    /** Why nothing is kept; empty where something is. */
    Optional<String> whyNot() {
        if (awaited.isOff() && recorded.isOff()) {
            return Optional.of("feedback is off, as LAUREL_FEEDBACK says");
        }
        if (replicas > 1 && database.isEmpty()) {
            return Optional.of(
                    "feedback is off: each of %s servers would know a part of it (expected: a database that they have in common in %s)"
                            .formatted(replicas, Database.ADDRESS));
        }
        return Optional.empty();
    }

    FeedbackStore store(Path folder, Map<String, String> environment, Clock clock) {
        return database.<FeedbackStore>map(
                        at -> new FeedbackTables(at.described(), () -> Store.open(null, environment), clock))
                .orElseGet(() -> FeedbackFiles.in(folder));
    }
}
