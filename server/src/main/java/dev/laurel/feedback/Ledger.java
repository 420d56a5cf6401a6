package dev.laurel.feedback;

import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.store.FeedbackStore;
import dev.laurel.store.GivenAnswer;
import dev.laurel.store.LiveScores;
import dev.laurel.store.Score;
import dev.laurel.store.Subject;
import dev.laurel.store.Tally;
import dev.laurel.store.TellOutcome;
import dev.laurel.store.Truth;
import dev.laurel.store.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers that wait for their truth, and truths that were told, the newest of each. For one thread. The memory that it takes is bounded,
 * however much is answered and told.
 */
final class Ledger {
    /** Answers that wait, each by its request and where it has a key by that too; and truths whose answers are not known. */
    static final int MOST_WAITING = 50_000;
    /** Truths of all models together. */
    static final int MOST_TOLD = 50_000;
    /** Versions that may have answered one subject. */
    private static final int MOST_ANSWERS = 4;

    private final PackedEntries waiting = new PackedEntries(MOST_WAITING);
    private final Map<ModelName, Map<Subject, Entry>> told = new HashMap<>();
    private final Map<ModelName, Reign> reigns = new HashMap<>();
    private int allTold;

    /** Since when a version answers as the champion of a model. */
    record Reign(ModelName model, Version champion, Instant since) {}

    /** What is known of a subject. */
    static final class Entry {
        private final List<GivenAnswer> answers = new ArrayList<>(1);
        private @Nullable Truth truth;

        /** Of two answers of one version in one role the later one stays. */
        void put(GivenAnswer answer) {
            Optional<GivenAnswer> before = of(answer.role(), answer.version());
            if (before.isPresent() && answer.at().isBefore(before.get().at())) {
                return;
            }
            before.ifPresent(answers::remove);
            answers.add(answer);
            if (answers.size() > MOST_ANSWERS) {
                answers.remove(0);
            }
        }

        Optional<GivenAnswer> of(String role, @Nullable Version version) {
            return answers.stream()
                    .filter(answer ->
                            answer.role().equals(role) && answer.version().equals(version))
                    .findFirst();
        }

        void tell(Truth told) {
            truth = told;
        }

        List<GivenAnswer> answers() {
            return answers;
        }

        @Nullable
        Truth truth() {
            return truth;
        }
    }

    void add(GivenAnswer answer) {
        if (answer.role().equals("champion")) {
            Reign reign = reigns.get(answer.model());
            if (reign == null
                    || (!reign.champion().equals(answer.version())
                            && answer.at().isAfter(reign.since()))) {
                begin(new Reign(answer.model(), answer.version(), answer.at()));
            }
        }
        file(Subject.request(answer.model(), answer.requestId(), answer.place()), answer);
        if (answer.key() != null) {
            file(Subject.key(answer.model(), answer.key()), answer);
        }
    }

    void begin(Reign reign) {
        reigns.put(reign.model(), reign);
    }

    private void file(Subject subject, GivenAnswer answer) {
        Entry known = told(subject.model()).get(subject);
        Entry entry = known == null ? takenOrNew(subject) : known;
        entry.put(answer);
        if (known == null && entry.truth != null) {
            count(subject, entry);
        } else if (known == null) {
            waiting.add(subject, entry);
        }
    }

    private Entry takenOrNew(Subject subject) {
        Entry taken = waiting.take(subject);
        return taken == null ? new Entry() : taken;
    }

    TellOutcome tell(Truth truth) {
        Subject subject = truth.of();
        Map<Subject, Entry> ofModel = told(subject.model());
        Entry known = ofModel.get(subject);
        Entry entry = known == null ? takenOrNew(subject) : known;
        Truth before = entry.truth;
        boolean repeated = before != null && before.saysTheSameAs(truth);
        if (!repeated) {
            entry.tell(truth);
        }
        if (entry.answers.isEmpty()) {
            waiting.add(subject, entry);
        } else if (!repeated) {
            count(subject, entry);
        }
        if (repeated) {
            return TellOutcome.REPEATED;
        }
        return before != null
                ? TellOutcome.CORRECTED
                : entry.answers.isEmpty() ? TellOutcome.UNMATCHED : TellOutcome.COUNTED;
    }

    /** As the newest of its model. */
    private void count(Subject subject, Entry entry) {
        Map<Subject, Entry> ofModel = told.computeIfAbsent(subject.model(), missing -> new LinkedHashMap<>());
        allTold += ofModel.remove(subject) == null ? 1 : 0;
        ofModel.put(subject, entry);
        if (ofModel.size() > FeedbackStore.WINDOW) {
            removeOldest(ofModel);
        } else if (allTold > MOST_TOLD) {
            told.values().stream().max(Comparator.comparingInt(Map::size)).ifPresent(this::removeOldest);
        }
    }

    private void removeOldest(Map<Subject, Entry> ofModel) {
        Iterator<Subject> oldest = ofModel.keySet().iterator();
        oldest.next();
        oldest.remove();
        allTold--;
    }

    private Map<Subject, Entry> told(ModelName model) {
        return told.getOrDefault(model, Map.of());
    }

    private record Side(Version version, String role) {
        private static final Comparator<Side> ORDER =
                Comparator.comparing(Side::version).thenComparing(Side::role);
    }

    List<Waiting> waiting(ModelName model) {
        Map<Side, Long> counts = new TreeMap<>(Side.ORDER);
        Map<Subject, Entry> known = told(model);
        waiting.forEach((subject, entry) -> {
            // By its key an answer waits a second time, or no longer.
            if (subject.model().equals(model) && subject.about() == Subject.About.REQUEST) {
                for (GivenAnswer answer : entry.answers) {
                    if (answer.key() == null || !known.containsKey(Subject.key(model, answer.key()))) {
                        counts.merge(new Side(answer.version(), answer.role()), 1L, Long::sum);
                    }
                }
            }
        });
        List<Waiting> of = new ArrayList<>();
        counts.forEach((side, answers) -> of.add(new Waiting(side.version(), side.role(), answers)));
        return of;
    }

    List<Score> scores(ModelName model) {
        Map<Side, Tally> tallies = new TreeMap<>(Side.ORDER);
        told(model).values().forEach(entry -> {
            Truth truth = entry.truth;
            if (truth != null) {
                entry.answers.forEach(answer ->
                        tallies.merge(new Side(answer.version(), answer.role()), Tally.of(answer, truth), Tally::plus));
            }
        });
        List<Score> scores = new ArrayList<>();
        tallies.forEach((side, tally) -> scores.add(new Score(side.version(), side.role(), tally)));
        return scores;
    }

    LiveScores live(ModelName model, Version champion, @Nullable Version challenger) {
        Reign reign = reigns.get(model);
        Instant since = reign != null && reign.champion().equals(champion) ? reign.since() : Instant.MAX;
        LiveScores scores = LiveScores.NONE;
        for (Entry entry : told(model).values()) {
            Truth truth = entry.truth;
            Optional<GivenAnswer> ours = entry.of("champion", champion);
            if (truth == null || ours.isEmpty()) {
                continue;
            }
            Optional<GivenAnswer> theirs = entry.of("challenger", challenger);
            Tally tally = Tally.of(ours.get(), truth);
            scores = new LiveScores(
                    ours.get().at().isBefore(since)
                            ? scores.champion()
                            : scores.champion().plus(tally),
                    theirs.isEmpty()
                            ? scores.championBeside()
                            : scores.championBeside().plus(tally),
                    theirs.isEmpty()
                            ? scores.challengerBeside()
                            : scores.challengerBeside().plus(Tally.of(theirs.get(), truth)));
        }
        return scores;
    }

    /** All that is known, told subjects first, each kind oldest first: who adds and tells that again has the same. */
    void forEach(BiConsumer<Subject, Entry> action) {
        told.values().forEach(ofModel -> ofModel.forEach(action));
        waiting.forEach(action);
    }

    Collection<Reign> reigns() {
        return reigns.values();
    }
}
