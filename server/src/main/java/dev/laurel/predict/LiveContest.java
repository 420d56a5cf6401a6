package dev.laurel.predict;

import dev.laurel.follow.Challenger;
import dev.laurel.follow.Challengers;
import dev.laurel.follow.LoadedModel;
import dev.laurel.model.ChallengerMode;
import dev.laurel.model.InvalidValueException;
import dev.laurel.task.Answer;
import dev.laurel.trace.Trail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Champion and challenger on live traffic: who answers whom, and what the other one would have said. That is found out behind the answer,
 * for each request that a champion answered beside a shadow, or that a canary answered.
 */
final class LiveContest implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveContest.class);

    private final Challengers challengers;
    private final LiveObserver live;
    private final Observer observer;
    private final Behind behind = new Behind();

    LiveContest(Challengers challengers, LiveObserver live, Observer observer) {
        this.challengers = challengers;
        this.live = live;
        this.observer = observer;
    }

    LoadedModel chosen(LoadedModel champion, String key) {
        return challengers
                .of(champion.pin().model())
                .filter(challenger -> challenger.answers(key))
                .map(Challenger::model)
                .orElse(champion);
    }

    /** Those that may be asked for, the champion first. */
    List<LoadedModel> both(LoadedModel champion) {
        return challengers
                .of(champion.pin().model())
                .map(challenger -> List.of(champion, challenger.model()))
                .orElse(List.of(champion));
    }

    LiveRole role(LoadedModel model) {
        return challengers
                        .of(model.pin().model())
                        .filter(challenger ->
                                challenger.pin().version().equals(model.pin().version()))
                        .isPresent()
                ? LiveRole.CHALLENGER
                : LiveRole.CHAMPION;
    }

    /**
     * What a canary makes of a request or, where it cannot, the champion. That is the canary's error where the champion can; else the request
     * is wrong, and the champion says so.
     */
    <T> T orChampion(LoadedModel chosen, Function<LoadedModel, T> work) {
        Optional<LoadedModel> champion = championBeside(chosen);
        if (champion.isEmpty()) {
            return work.apply(chosen);
        }
        try {
            return work.apply(chosen);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.debug(
                    "{} {} could not answer as a canary",
                    chosen.pin().model(),
                    chosen.pin().version(),
                    e);
            T answer = work.apply(champion.get());
            if (isRefusal(e)) {
                live.failed(LiveRole.CHALLENGER, chosen);
            }
            return answer;
        }
    }

    private Optional<LoadedModel> championBeside(LoadedModel chosen) {
        return challengers
                .of(chosen.pin().model())
                .filter(tried ->
                        tried.model().pin().version().equals(chosen.pin().version()))
                .map(Challenger::champion);
    }

    /** Has a version do its part of an answer; an error of its own is counted, a request that is wrong is not. */
    <T> T counted(LoadedModel model, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | StackOverflowError e) {
            if (!isRefusal(e)) {
                live.failed(role(model), model);
            }
            throw e;
        }
    }

    private static boolean isRefusal(Throwable e) {
        return e instanceof InvalidValueException || e instanceof UnansweredException;
    }

    List<Answer> answers(LoadedModel model, Inputs inputs, Threshold threshold) {
        LiveRole role = role(model);
        long start = System.nanoTime();
        List<Answer> answers = counted(model, () -> answer(model, inputs, threshold));
        live.answered(role, model, answers, inputs.nanos() + System.nanoTime() - start);
        compare(role, model, inputs, threshold, answers);
        return answers;
    }

    private static List<Answer> answer(LoadedModel model, Inputs inputs, Threshold threshold) {
        List<Answer> answers = new ArrayList<>(inputs.inputs().size());
        for (Input input : inputs.inputs()) {
            answers.add(model.predictor().answer(input.vector(), threshold.value()));
        }
        return answers;
    }

    private void compare(
            LiveRole role, LoadedModel answered, Inputs inputs, Threshold threshold, List<Answer> answers) {
        Optional<Challenger> tried = challengers.of(answered.pin().model());
        if (tried.isEmpty()) {
            return;
        }
        LoadedModel challenger = tried.get().model();
        Runnable work;
        if (role == LiveRole.CHALLENGER) {
            LoadedModel champion = tried.get().champion();
            work = () -> again(champion, inputs, threshold)
                    .ifPresent(others -> live.compared(champion, challenger, others, answers));
        } else if (tried.get().pin().mode() == ChallengerMode.SHADOW) {
            work = () -> shadow(challenger, inputs, threshold)
                    .ifPresent(others -> live.compared(answered, challenger, answers, others));
        } else {
            return;
        }
        if (!behind.offer(Math.max(1, inputs.inputs().size()), Trail.carried(work))) {
            live.dropped(challenger);
        }
    }

    /** What the champion would have said. That it would not have been able to is no fault of anybody's here. */
    private Optional<List<Answer>> again(LoadedModel other, Inputs inputs, Threshold threshold) {
        try {
            return inputs.again().apply(other).map(own -> {
                List<Answer> answers = answer(other, own, threshold);
                observer.behind(
                        new Answered(other, LiveRole.CHAMPION, threshold, own.inputs(), answers, own.warnings()));
                return answers;
            });
        } catch (RuntimeException e) {
            LOG.debug(
                    "{} {} has no answer to compare",
                    other.pin().model(),
                    other.pin().version(),
                    e);
            return Optional.empty();
        }
    }

    /** What the shadow says; whatever keeps it from that is its error, since the champion could answer. */
    private Optional<List<Answer>> shadow(LoadedModel challenger, Inputs inputs, Threshold threshold) {
        try {
            Optional<Inputs> own = inputs.again().apply(challenger);
            if (own.isEmpty()) {
                return Optional.empty();
            }
            long start = System.nanoTime();
            List<Answer> answers = answer(challenger, own.get(), threshold);
            live.answered(LiveRole.CHALLENGER, challenger, answers, own.get().nanos() + System.nanoTime() - start);
            observer.behind(new Answered(
                    challenger,
                    LiveRole.CHALLENGER,
                    threshold,
                    own.get().inputs(),
                    answers,
                    own.get().warnings()));
            return Optional.of(answers);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.debug(
                    "{} {} could not answer as a shadow",
                    challenger.pin().model(),
                    challenger.pin().version(),
                    e);
            live.failed(LiveRole.CHALLENGER, challenger);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        behind.close();
    }
}
