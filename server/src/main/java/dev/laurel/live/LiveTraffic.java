package dev.laurel.live;

import dev.laurel.follow.Challenger;
import dev.laurel.follow.LoadedModel;
import dev.laurel.follow.Standing;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.predict.LiveObserver;
import dev.laurel.predict.LiveRole;
import dev.laurel.task.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** How champions and challengers do on live traffic. Of each model it is counted anew when one of its two versions becomes another one. */
public final class LiveTraffic implements LiveObserver {
    /** Values that differ by less than this share of the larger one are the same answer. */
    private static final double SAME = 0.05;

    private final Clock clock;
    private final Map<ModelName, Pair> pairs = new ConcurrentHashMap<>();

    /**
     * What is known of one model.
     *
     * @param since when it was begun to count, {@code seconds} ago
     * @param challenger absent where nothing is tried
     * @param compared rows that both answered
     * @param agreed those to which both gave the same answer
     * @param dropped requests that were not compared, since too many others waited for that
     */
    public record Seen(
            Instant since,
            long seconds,
            LiveSide.Seen champion,
            LiveSide.@Nullable Seen challenger,
            long compared,
            long agreed,
            long dropped) {}

    private static final class Pair {
        private final Instant since;
        private final LiveSide champion;
        private final @Nullable LiveSide challenger;
        private final LongAdder compared = new LongAdder();
        private final LongAdder agreed = new LongAdder();
        private final LongAdder dropped = new LongAdder();

        Pair(Instant since, Version champion, @Nullable Version challenger) {
            this.since = since;
            this.champion = new LiveSide(champion);
            this.challenger = challenger == null ? null : new LiveSide(challenger);
        }

        boolean isOf(Version standing, @Nullable Version tried) {
            return champion.version().equals(standing) && Objects.equals(tried(), tried);
        }

        @Nullable
        Version tried() {
            return challenger == null ? null : challenger.version();
        }

        /** The side that this version is on; an answer that was under way when the versions changed is on none. */
        Optional<LiveSide> side(LiveRole role, LoadedModel model) {
            return Optional.ofNullable(role == LiveRole.CHAMPION ? champion : challenger)
                    .filter(side -> side.version().equals(model.pin().version()));
        }
    }

    public LiveTraffic(Clock clock) {
        this.clock = clock;
    }

    /** A model stands in another way than before. */
    public void standing(ModelName model, Standing standing) {
        Optional<LoadedModel> champion = standing.answering();
        if (champion.isEmpty()) {
            pairs.remove(model);
        } else {
            pairs.compute(
                    model,
                    (name, before) ->
                            pair(before, champion.get().pin().version(), before == null ? null : before.tried()));
        }
    }

    /** Something else is tried than before, or nothing. */
    public void challenger(ModelName model, Optional<Challenger> challenger) {
        pairs.computeIfPresent(
                model,
                (name, before) -> pair(
                        before,
                        before.champion.version(),
                        challenger.map(tried -> tried.pin().version()).orElse(null)));
    }

    private Pair pair(@Nullable Pair before, Version champion, @Nullable Version challenger) {
        return before != null && before.isOf(champion, challenger)
                ? before
                : new Pair(clock.instant(), champion, challenger);
    }

    @Override
    public void answered(LiveRole role, LoadedModel model, List<Answer> answers, long nanos) {
        side(role, model).ifPresent(side -> side.answered(answers, nanos));
    }

    @Override
    public void failed(LiveRole role, LoadedModel model) {
        side(role, model).ifPresent(LiveSide::failed);
    }

    private Optional<LiveSide> side(LiveRole role, LoadedModel model) {
        Pair pair = pairs.get(model.pin().model());
        return pair == null ? Optional.empty() : pair.side(role, model);
    }

    @Override
    public void compared(
            LoadedModel champion, LoadedModel challenger, List<Answer> champions, List<Answer> challengers) {
        Pair pair = pairs.get(champion.pin().model());
        // Other features may leave another number of rows to answer for.
        if (pair != null
                && pair.isOf(champion.pin().version(), challenger.pin().version())
                && champions.size() == challengers.size()) {
            for (int row = 0; row < champions.size(); row++) {
                pair.compared.increment();
                if (same(champions.get(row), challengers.get(row))) {
                    pair.agreed.increment();
                }
            }
        }
    }

    static boolean same(Answer one, Answer other) {
        if (one instanceof Answer.Classified label && other instanceof Answer.Classified otherLabel) {
            return label.label().equals(otherLabel.label());
        }
        if (one instanceof Answer.Estimated value && other instanceof Answer.Estimated otherValue) {
            double largest = Math.max(Math.abs(value.value()), Math.abs(otherValue.value()));
            return Math.abs(value.value() - otherValue.value()) <= SAME * largest;
        }
        return false;
    }

    @Override
    public void dropped(LoadedModel challenger) {
        Pair pair = pairs.get(challenger.pin().model());
        if (pair != null) {
            pair.dropped.increment();
        }
    }

    /** Empty where the model has no champion that answers. */
    public Optional<Seen> seen(ModelName model) {
        return Optional.ofNullable(pairs.get(model)).map(this::seen);
    }

    private Seen seen(Pair pair) {
        // Agreed first: what is counted in between must not make it more than all.
        long agreed = pair.agreed.sum();
        return new Seen(
                pair.since,
                Duration.between(pair.since, clock.instant()).toSeconds(),
                pair.champion.seen(),
                pair.challenger == null ? null : pair.challenger.seen(),
                pair.compared.sum(),
                agreed,
                pair.dropped.sum());
    }

    /** All models, in their order. */
    Map<ModelName, Seen> all() {
        Map<ModelName, Seen> all = new TreeMap<>();
        pairs.forEach((model, pair) -> all.put(model, seen(pair)));
        return all;
    }
}
