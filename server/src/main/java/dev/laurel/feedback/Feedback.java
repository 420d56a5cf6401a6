package dev.laurel.feedback;

import dev.laurel.follow.LoadedModel;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.predict.Answered;
import dev.laurel.predict.Exchange;
import dev.laurel.predict.Input;
import dev.laurel.predict.Observer;
import dev.laurel.program.Reason;
import dev.laurel.store.FeedbackStore;
import dev.laurel.store.FeedbackUnavailableException;
import dev.laurel.store.GivenAnswer;
import dev.laurel.store.LiveScores;
import dev.laurel.store.Score;
import dev.laurel.store.TellOutcome;
import dev.laurel.store.Truth;
import dev.laurel.store.Waiting;
import dev.laurel.task.Answer;
import dev.laurel.trace.Trail;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps answers until somebody tells what turned out to be true. Answers are handed over without waiting and written behind, a tenth of a
 * second later at most, or as soon as a store that was away is there again; where too many wait they are dropped and counted. What is told is
 * kept before it is acknowledged. Long since whoever answers, tells, judges and shows has its words here; what each does stands elsewhere.
 */
public final class Feedback implements Observer, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Feedback.class);
    /** Rows of a second that wait for their truth; those that are recorded beside that are as many as was asked for. */
    private static final int PACE = 1_000;

    private static final long WRITE_MILLIS = 100;
    private static final long LOOK_SECONDS = 15;
    /** What people look at is asked for that often at most, and only while somebody looks. */
    private static final long LATELY_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Longer ones name nothing that a person tells about. */
    static final int LONGEST_KEY = 200;

    private final Clock clock;
    private final FeedbackMetrics metrics;
    private final AnswersToWrite answers;
    private final Pace pace = new Pace(PACE);
    private final Supplier<Set<ModelName>> served;
    private final Map<ModelName, Lately> lately = new ConcurrentHashMap<>();
    private final Set<ModelName> asked = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread behind = new Thread(task, "feedback");
        behind.setDaemon(true);
        return behind;
    });
    private volatile @Nullable Kept kept;
    private volatile String whyNot = "feedback is not kept by this server";

    private record Lately(FeedbackReport report, long nanos) {}

    private record Kept(FeedbackStore store, Sampling awaited, Sampling recorded) {}

    /** @param served the models whose feedback this server shows, whoever was told */
    public Feedback(Clock clock, FeedbackMetrics metrics, Supplier<Set<ModelName>> served) {
        this.clock = clock;
        this.metrics = metrics;
        this.answers = new AnswersToWrite(metrics);
        this.served = served;
    }

    /**
     * Keeps feedback from now on: in a database where the environment names one, else in that folder.
     *
     * @throws dev.laurel.model.InvalidValueException when the environment says something that is none
     */
    public void keepIn(Path folder, Map<String, String> environment) {
        FeedbackSettings settings = FeedbackSettings.of(environment);
        Optional<String> reason = settings.whyNot();
        if (reason.isPresent()) {
            off(reason.get());
            return;
        }
        try {
            FeedbackStore store = settings.store(folder, environment, clock);
            kept = new Kept(store, settings.awaited(), settings.recorded());
            LOG.info("feedback is kept in {}", store.described());
        } catch (FeedbackUnavailableException e) {
            off("feedback is off: " + e.getMessage());
            return;
        }
        var unusedWrites =
                thread.scheduleWithFixedDelay(this::write, WRITE_MILLIS, WRITE_MILLIS, TimeUnit.MILLISECONDS);
        var unusedLooks = thread.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void off(String reason) {
        whyNot = reason;
        if (!reason.contains("LAUREL_FEEDBACK says")) {
            LOG.warn("{}; predictions are answered all the same", reason);
        }
    }

    @Override
    public void observe(Exchange exchange) {
        Answered answered = exchange.answered();
        if (answered != null) {
            observe(answered);
        }
    }

    @Override
    public void behind(Answered answered) {
        observe(answered);
    }

    private void observe(Answered answered) {
        Kept in = kept;
        Optional<Trail> trail = Trail.current();
        if (in == null || trail.isEmpty()) {
            return;
        }
        String id = trail.get().requestId();
        boolean recorded = in.recorded.takes(id);
        int rows = answered.answers().size();
        if (!recorded && !in.awaited.takes(id)) {
            return;
        }
        if (!recorded && !pace.takes(rows, System.nanoTime())) {
            metrics.dropped(rows);
            return;
        }
        if (!answers.hasRoom(rows)) {
            metrics.dropped(rows);
            return;
        }
        try {
            answers.add(given(answered, id, recorded));
        } catch (RuntimeException e) {
            // An observer's fault is nobody else's.
            metrics.dropped(rows);
            LOG.warn("feedback: an answer cannot be kept: {}", Reason.of(e));
        }
    }

    private List<GivenAnswer> given(Answered answered, String id, boolean recorded) {
        LoadedModel model = answered.model();
        boolean secretKey = model.definition()
                .privateColumns()
                .contains(String.valueOf(model.signature().key()));
        Instant now = clock.instant();
        List<GivenAnswer> given = new ArrayList<>(answered.answers().size());
        for (int i = 0; i < answered.answers().size(); i++) {
            Answer answer = answered.answers().get(i);
            Input input = answered.inputs().get(i);
            String key = input.key();
            given.add(new GivenAnswer(
                    model.pin().model(),
                    id,
                    i,
                    answered.role().toString(),
                    model.pin().version(),
                    model.pin().digest(),
                    key == null || secretKey || key.length() > LONGEST_KEY || key.indexOf('\0') >= 0 ? null : key,
                    answer instanceof Answer.Classified label
                            ? label.label()
                            : String.valueOf(((Answer.Estimated) answer).value()),
                    answer instanceof Answer.Estimated value ? value.value() : null,
                    answer instanceof Answer.Classified label ? label.confidence() : null,
                    recorded ? AskedColumns.of(model, input) : null,
                    now));
        }
        return given;
    }

    private void write() {
        Kept in = kept;
        if (in != null) {
            answers.writeTo(in.store);
        }
    }

    /** Whether feedback for that request can be joined to its answer. */
    boolean awaits(String requestId) {
        Kept in = kept;
        return in != null && (in.awaited.takes(requestId) || in.recorded.takes(requestId));
    }

    /**
     * @param model of all of them
     * @return an outcome for each, in their order
     * @throws FeedbackUnavailableException when they cannot be kept
     */
    List<TellOutcome> tell(ModelName model, List<Truth> truths) {
        FeedbackStore store = store();
        // What was answered before is known before.
        answers.writeBeforeRequest(store);
        List<TellOutcome> outcomes = truths.isEmpty() ? List.of() : store.tell(truths);
        outcomes.forEach(outcome -> metrics.told(model, outcome));
        behind(() -> look(model));
        return outcomes;
    }

    Instant now() {
        return clock.instant();
    }

    /** @throws FeedbackUnavailableException when none is kept, or it cannot be read */
    FeedbackStore store() {
        Kept in = kept;
        if (in == null) {
            throw new FeedbackUnavailableException(whyNot, null);
        }
        return in.store;
    }

    /** What live traffic is judged by; empty where none is kept, or it cannot be read now. */
    public Optional<LiveFeedback> live(ModelName model, Version champion, @Nullable Version challenger) {
        Kept in = kept;
        if (in == null) {
            return Optional.empty();
        }
        try {
            answers.writeBeforeRequest(in.store);
            LiveScores scores = in.store.live(model, champion, challenger);
            return Optional.of(LiveFeedback.of(in.store.isShared(), scores, challenger != null));
        } catch (FeedbackUnavailableException e) {
            LOG.debug("{}", e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * How versions did.
     *
     * @throws FeedbackUnavailableException when none is kept, or it cannot be read
     */
    FeedbackReport report(ModelName model) {
        FeedbackStore store = store();
        List<Score> scores = store.scores(model);
        List<Waiting> waiting = scores.isEmpty() ? List.of() : store.waiting(model);
        return FeedbackReport.of(model, store.isShared(), scores, waiting, metrics.isOfLabels(model));
    }

    /** The same as it was some seconds ago, without waiting for the store; empty where nothing was told, or that is not known yet. */
    public Optional<FeedbackReport> lately(ModelName model) {
        Lately known = lately.get(model);
        if (kept != null && (known == null || System.nanoTime() - known.nanos > LATELY_NANOS) && asked.add(model)) {
            behind(() -> {
                asked.remove(model);
                try {
                    lately.put(model, new Lately(report(model), System.nanoTime()));
                } catch (RuntimeException e) {
                    LOG.debug("feedback of {}: {}", model, Reason.of(e));
                }
            });
        }
        return Optional.ofNullable(known)
                .map(Lately::report)
                .filter(report -> !report.versions().isEmpty());
    }

    private void behind(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException closed) {
            LOG.debug("closed meanwhile");
        }
    }

    private void look() {
        served.get().forEach(this::look);
    }

    private void look(ModelName model) {
        Kept in = kept;
        if (in != null) {
            try {
                metrics.show(model, in.store.scores(model));
            } catch (RuntimeException e) {
                LOG.debug("feedback of {}: {}", model, Reason.of(e));
            }
        }
    }

    /** What was answered is written before. */
    @Override
    public void close() {
        // Without an interrupt, which would close the journal under whoever writes it.
        thread.shutdown();
        Kept in = kept;
        kept = null;
        if (in != null) {
            answers.writeBeforeRequest(in.store);
            answers.end();
            in.store.close();
        }
    }
}
