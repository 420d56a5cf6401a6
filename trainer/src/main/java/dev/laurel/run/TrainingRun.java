package dev.laurel.run;

import dev.laurel.definition.Definition;
import dev.laurel.definition.Gate;
import dev.laurel.definition.Keep;
import dev.laurel.evaluation.Metrics;
import dev.laurel.forge.PullRequest;
import dev.laurel.judge.Challenge;
import dev.laurel.judge.Comparison;
import dev.laurel.model.Decision;
import dev.laurel.model.Digest;
import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.Shard;
import dev.laurel.model.Version;
import dev.laurel.predictor.ModelFile;
import dev.laurel.program.Reason;
import dev.laurel.propose.PullRequests;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.outcome.Registration;
import dev.laurel.registry.view.Author;
import dev.laurel.registry.view.Revision;
import dev.laurel.sample.Naive;
import dev.laurel.search.Effort;
import dev.laurel.search.KeptTrials;
import dev.laurel.search.SearchOutcome;
import dev.laurel.search.SearchShard;
import dev.laurel.source.RowStore;
import dev.laurel.source.Rows;
import dev.laurel.source.SourceException;
import dev.laurel.table.Table;
import dev.laurel.task.Predictions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Trains one model once: the way of the data from its source to the moved or proposed pin. */
public final class TrainingRun {
    private final Registry registry;
    private final RowStore store;
    private final PullRequests pullRequests;
    private final Environment environment;
    private final Author author;
    private final Progress progress;
    private final Clock clock;
    private final LastRuns lastRuns = new LastRuns();

    /** @param pullRequests for definitions whose gate promotes by pull request */
    public TrainingRun(
            Registry registry,
            RowStore rows,
            PullRequests pullRequests,
            Environment environment,
            Author author,
            Progress progress) {
        this(registry, rows, pullRequests, environment, author, progress, Clock.systemUTC());
    }

    /** @param clock the time of day, for provenance; which row is the newest to know is said by the registry instead */
    public TrainingRun(
            Registry registry,
            RowStore rows,
            PullRequests pullRequests,
            Environment environment,
            Author author,
            Progress progress,
            Clock clock) {
        this.registry = registry;
        this.store = rows;
        this.pullRequests = pullRequests;
        this.environment = environment;
        this.author = author;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Makes one run, at the row after the newest version's. Where the definition keeps what passes only, rows that were passed over leave no
     * version: then at the row after those that this object has passed over, and at the newest row of the source where it knows of none.
     *
     * @throws dev.laurel.registry.outcome.RegistryException when the registry has no such model or cannot be read or written
     * @throws dev.laurel.yaml.InvalidDocumentException when the definition is broken
     */
    public RunOutcome run(ModelName model) {
        return run(model, false);
    }

    /** The same, but that what passes the gate is proposed, also where it would be promoted at once. */
    public RunOutcome propose(ModelName model) {
        return run(model, true);
    }

    /**
     * Makes the trials of the next run that fall to a shard, and keeps them beside the rows, where {@link #run} finds them. Registers nothing.
     *
     * @param waits see {@link SearchShard#run}
     * @throws SourceException when there are no rows
     */
    public SearchShard.Made trials(ModelName model, Shard shard, BooleanSupplier waits) {
        Revision base = registry.head();
        Definition definition = base.definition(model);
        Narration narration = new Narration(progress, definition, environment);
        RunRows rows = nextRows(base, definition);
        narration.begin(rows);
        Effort effort = Effort.full().kept(KeptTrials.shared(store.folder(), model, trialsKey(base, definition, rows)));
        return SearchShard.run(definition, rows.table(), rows.sides(), effort, shard, waits, narration::experiment);
    }

    private RunOutcome run(ModelName model, boolean proposing) {
        Revision base = registry.head();
        Definition definition = base.definition(model);
        RunOutcome outcome = run(model, base, definition, proposing);
        if (definition.gate().mode() == Gate.Mode.PULL_REQUEST && !hasProposed(outcome)) {
            pullRequests.settle(environment, model, author, line -> progress.line("  " + line));
        }
        return outcome;
    }

    private static boolean hasProposed(RunOutcome outcome) {
        return outcome instanceof RunOutcome.Registered registered
                && registered.promotion() instanceof Promotion.Proposed;
    }

    private RunOutcome run(ModelName model, Revision base, Definition definition, boolean proposing) {
        Instant startedAt = clock.instant();
        Narration narration = new Narration(progress, definition, environment);
        Candidate candidate;
        try {
            RunRows rows = nextRows(base, definition);
            if (newestVersionIsMadeFrom(rows, base, model)
                    || (definition.effectiveKeep() == Keep.PASSED
                            && lastRuns.isMadeFrom(model, rows, base.definitionDigest(model), champion(base, model)))) {
                return new RunOutcome.EndOfHistory(rows.newest());
            }
            candidate = candidate(base, definition, rows, narration, startedAt);
        } catch (SourceException | InvalidValueException e) {
            return new RunOutcome.Skipped(Reason.of(e));
        }
        lastRuns.remember(model, candidate.rows(), base.definitionDigest(model), champion(base, model));
        Decision decision = candidate.comparison().decision();
        if (!decision.isPassed() && definition.effectiveKeep() == Keep.PASSED) {
            narration.passedOver();
            candidate.trials().forget();
            return new RunOutcome.Rejected(candidate.rows().newest(), decision);
        }
        return keep(candidate, narration, proposing);
    }

    private @Nullable Pin champion(Revision base, ModelName model) {
        return base.pin(environment, model).orElse(null);
    }

    /** Trains, chooses and judges; writes nothing. */
    private Candidate candidate(
            Revision base, Definition definition, RunRows rows, Narration narration, Instant startedAt) {
        narration.begin(rows);
        KeptTrials kept = keptTrials(base, definition, rows);
        narration.goingOn(kept.count());
        Integer minutes =
                definition.search() == null ? null : definition.search().minutes();
        Effort effort = Effort.full().minutes(minutes, clock).kept(kept);
        SearchOutcome search = SearchOutcome.run(definition, rows.table(), rows.sides(), effort, narration::experiment);
        narration.searched(search.results().size());
        ModelFile file = search.modelFile();
        byte[] modelFile = file.encode();
        Instant trainedAt = clock.instant();

        // Only now are the evaluation rows looked at, and what answers for them is what will be served.
        Challenge challenge = Challenge.of(registry, modelFile, rows.table(), rows.sides(), rows.digest());
        Predictions challenger = challenge.answers();
        Comparison comparison = challenge.against(champion(base, definition.model()), definition);
        Metrics naive = Naive.metrics(definition, search.best().task(), rows.table(), rows.sides());
        narration.comparison(search.chosen(), challenger.metrics(), naive, comparison);
        return new Candidate(
                definition,
                base,
                environment,
                rows,
                kept,
                search.results(),
                file.profile(),
                file.fitted(),
                modelFile,
                challenger,
                naive,
                challenge.importance(definition.gate().metric()),
                challenge,
                comparison,
                startedAt,
                trainedAt);
    }

    /** Of a run of the same definition, rows and seed by the same code. */
    private KeptTrials keptTrials(Revision base, Definition definition, RunRows rows) {
        return KeptTrials.in(store.folder(), definition.model(), trialsKey(base, definition, rows));
    }

    private static Digest trialsKey(Revision base, Definition definition, RunRows rows) {
        String key = String.join(
                "\n",
                base.definitionDigest(definition.model()).toString(),
                rows.digest().toString(),
                String.valueOf(definition.seed()),
                Platform.here().toString());
        return Digest.of(key.getBytes(StandardCharsets.UTF_8));
    }

    private RunRows nextRows(Revision base, Definition definition) {
        Rows source = store.rows(definition);
        Expect.range("rows of " + source.origin(), source.table().rows(), 1, Integer.MAX_VALUE);
        return RunRows.next(source, definition, before(source.table(), base, definition));
    }

    /** The clock of the run before; null where this is the first one. */
    private @Nullable String before(Table source, Revision base, Definition definition) {
        ModelName model = definition.model();
        Optional<Version> newest = base.newest(model);
        if (newest.isEmpty()) {
            return null;
        }
        if (definition.effectiveKeep() == Keep.PASSED) {
            // Whoever began at the row after the newest version's would stand there until it passes, which may be
            // never.
            return lastRuns.isRemembered(model) ? lastRuns.clock(model) : source.keyOrNull(source.rows() - 1);
        }
        return base.report(model, newest.get()).clock();
    }

    /** Whether nothing has changed since the newest version: neither a row, nor the definition with its seed. */
    private static boolean newestVersionIsMadeFrom(RunRows rows, Revision base, ModelName model) {
        return base.newest(model)
                .map(newest -> base.provenance(model, newest))
                .filter(newest -> newest.data().equals(rows.digest()))
                .filter(newest -> newest.definition().equals(base.definitionDigest(model)))
                .isPresent();
    }

    private RunOutcome keep(Candidate candidate, Narration narration, boolean proposing) {
        Registration registration = registry.register(candidate, author);
        candidate.trials().forget();
        if (registration instanceof Registration.Registered registered) {
            narration.registered(registered, Duration.between(candidate.startedAt(), clock.instant()));
            Version version = registered.version();
            PullRequests.@Nullable Outcome outcome = promote(candidate, version, proposing);
            @Nullable Promotion promotion = outcome == null ? null : outcome.promotion();
            @Nullable PullRequest request = outcome == null ? null : outcome.request();
            narration.promotion(version, candidate.comparison().decision(), promotion, request);
            return new RunOutcome.Registered(registered, candidate.report(version), promotion, request);
        }
        return new RunOutcome.NothingNew("this very model file is %s already".formatted(registration.version()));
    }

    /** By the definition that stands by now, which may be another one than the run began with. */
    private PullRequests.@Nullable Outcome promote(Candidate candidate, Version version, boolean proposing) {
        Definition rules = registry.head().definition(candidate.model());
        Gate.Mode mode = rules.gate().mode();
        return switch (proposing && mode == Gate.Mode.COMMIT ? Gate.Mode.PULL_REQUEST : mode) {
            case MANUAL -> null;
            case COMMIT -> new PullRequests.Outcome(promoteOrTry(rules, candidate, version));
            case PULL_REQUEST ->
                pullRequests.propose(environment, candidate.model(), version, candidate.challenge(), author);
        };
    }

    /** Where live traffic judges, and a champion stands to be compared with, the version is a challenger first. */
    private Promotion promoteOrTry(Definition rules, Candidate candidate, Version version) {
        return rules.gate().live() != null
                        && registry.head().pin(environment, candidate.model()).isPresent()
                ? new Promotion.Tried(
                        registry.challenge(environment, candidate.model(), version, candidate.challenge(), author))
                : registry.promote(environment, candidate.model(), version, candidate.challenge(), author);
    }
}
