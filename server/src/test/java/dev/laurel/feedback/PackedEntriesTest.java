package dev.laurel.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.feedback.Ledger.Entry;
import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.store.GivenAnswer;
import dev.laurel.store.Subject;
import dev.laurel.store.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PackedEntriesTest {
    private static final ModelName IRIS = new ModelName("iris");
    private static final Digest DIGEST = Digest.parse("sha256:" + "a1".repeat(32));
    private static final Instant AT = Instant.parse("2026-11-30T04:00:00.123456789Z");

    private final PackedEntries entries = new PackedEntries(3);

    @Test
    void givesBackAllThatIsKnownOfARequest() {
        Subject subject = Subject.request(IRIS, "r-1", 7);
        Entry entry = new Entry();
        entry.put(answer("r-1", 7, "champion", null, null, 0.75));
        entry.put(answer("r-1", 7, "challenger", "2026-11-30", 1.5, null));
        entries.add(subject, entry);

        Entry taken = taken(subject);
        assertThat(taken.answers()).isEqualTo(entry.answers());
        assertThat(taken.truth()).isNull();
        assertThat(entries.size()).isZero();
        assertThat(entries.take(subject)).isNull();
    }

    @Test
    void givesBackAllThatIsKnownOfAKey() {
        Subject subject = Subject.key(IRIS, "clé 🌱");
        Entry answered = new Entry();
        answered.put(answer("r-9", 2, "champion", "clé 🌱", 1.5, null));
        Entry told = new Entry();
        told.tell(new Truth(Subject.key(IRIS, "other"), "virginica", null, AT));
        entries.add(subject, answered);
        entries.add(Subject.key(IRIS, "other"), told);

        assertThat(taken(subject).answers()).isEqualTo(answered.answers());
        Entry other = taken(Subject.key(IRIS, "other"));
        assertThat(other.truth()).isEqualTo(told.truth());
        assertThat(other.answers()).isEmpty();
    }

    @Test
    void theOldestGoesWhereThereAreTooMany() {
        for (int i = 0; i < 5; i++) {
            entries.add(Subject.request(IRIS, "r", i), new Entry());
        }
        assertThat(subjects(entries)).extracting(Subject::place).containsExactly(2, 3, 4);
    }

    /** The map that it stands for, over as many steps as go round several times. */
    @Test
    void holdsWhatAMapWouldHold() {
        PackedEntries many = new PackedEntries(2_000);
        Map<Subject, List<GivenAnswer>> map = new LinkedHashMap<>();
        Random random = new Random(42);
        for (int i = 0; i < 40_000; i++) {
            Subject subject = Subject.request(IRIS, "r-" + random.nextInt(4_000), random.nextInt(2));
            Entry known = many.take(subject);
            List<GivenAnswer> mapped = map.remove(subject);
            assertThat(known == null ? null : known.answers()).isEqualTo(mapped);
            if (random.nextInt(3) > 0) {
                Entry entry = known == null ? new Entry() : known;
                entry.put(answer(subject.name(), subject.place(), "champion", null, (double) i, null));
                many.add(subject, entry);
                map.put(subject, List.copyOf(entry.answers()));
                if (map.size() > 2_000) {
                    map.remove(map.keySet().iterator().next());
                }
            }
        }
        assertThat(many.size()).isEqualTo(map.size()).isGreaterThan(1_000);
        assertThat(subjects(many)).containsExactlyElementsOf(map.keySet());
    }

    private static List<Subject> subjects(PackedEntries entries) {
        List<Subject> subjects = new ArrayList<>();
        entries.forEach((subject, entry) -> subjects.add(subject));
        return subjects;
    }

    private Entry taken(Subject subject) {
        Entry taken = entries.take(subject);
        assertThat(taken).isNotNull();
        return taken == null ? new Entry() : taken;
    }

    private static GivenAnswer answer(
            String id,
            int place,
            String role,
            @Nullable String key,
            @Nullable Double value,
            @Nullable Double probability) {
        return new GivenAnswer(
                IRIS, id, place, role, new Version(3), DIGEST, key, "setosa", value, probability, null, AT);
    }
}
