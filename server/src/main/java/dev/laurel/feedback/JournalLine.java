package dev.laurel.feedback;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laurel.model.Digest;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.store.GivenAnswer;
import dev.laurel.store.Subject;
import dev.laurel.store.Truth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One line of JSON of a journal: an answer, a truth, or since when a champion reigns; one of the three. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JournalLine(
        @Nullable AnswerLine answer,
        @Nullable TruthLine truth,
        @Nullable ReignLine champion) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AnswerLine(
            String model,
            String id,
            int place,
            String role,
            int version,
            String digest,
            @Nullable String key,
            String predicted,
            @Nullable Double value,
            @Nullable Double probability,
            @Nullable Map<String, Object> columns,
            long millis) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TruthLine(
            String model,
            Subject.About about,
            String name,
            int place,
            String actual,
            @Nullable Double value,
            long millis) {}

    record ReignLine(String model, int version, long millis) {}

    static JournalLine of(GivenAnswer answer) {
        return new JournalLine(
                new AnswerLine(
                        answer.model().value(),
                        answer.requestId(),
                        answer.place(),
                        answer.role(),
                        answer.version().number(),
                        answer.digest().toString(),
                        answer.key(),
                        answer.predicted(),
                        answer.value(),
                        answer.probability(),
                        answer.columns(),
                        answer.at().toEpochMilli()),
                null,
                null);
    }

    static JournalLine of(Truth truth) {
        Subject of = truth.of();
        return new JournalLine(
                null,
                new TruthLine(
                        of.model().value(),
                        of.about(),
                        of.name(),
                        of.place(),
                        truth.actual(),
                        truth.value(),
                        truth.at().toEpochMilli()),
                null);
    }

    static JournalLine of(Ledger.Reign reign) {
        return new JournalLine(
                null,
                null,
                new ReignLine(
                        reign.model().value(),
                        reign.champion().number(),
                        reign.since().toEpochMilli()));
    }

    /** Empty where it is none, such as the last one that a crash cut off. */
    static Optional<JournalLine> parse(String line) {
        try {
            return Optional.of(JSON.readValue(line, JournalLine.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    void writeTo(ByteArrayOutputStream bytes) {
        try {
            bytes.writeBytes(JSON.writeValueAsBytes(this));
            bytes.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return false when it says nothing that can be */
    boolean applyTo(Ledger ledger) {
        try {
            if (answer != null) {
                ledger.add(new GivenAnswer(
                        new ModelName(answer.model),
                        answer.id,
                        answer.place,
                        answer.role,
                        new Version(answer.version),
                        Digest.parse(answer.digest),
                        answer.key,
                        answer.predicted,
                        answer.value,
                        answer.probability,
                        null,
                        Instant.ofEpochMilli(answer.millis)));
            } else if (truth != null) {
                var unused = ledger.tell(new Truth(
                        new Subject(new ModelName(truth.model), truth.about, truth.name, truth.place),
                        truth.actual,
                        truth.value,
                        Instant.ofEpochMilli(truth.millis)));
            } else if (champion != null) {
                ledger.begin(new Ledger.Reign(
                        new ModelName(champion.model),
                        new Version(champion.version),
                        Instant.ofEpochMilli(champion.millis)));
            } else {
                return false;
            }
            return true;
        } catch (InvalidValueException e) {
            return false;
        }
    }
}
