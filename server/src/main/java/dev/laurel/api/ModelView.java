package dev.laurel.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.api.PinHistories.PinHistory;
import dev.laurel.definition.Definition;
import dev.laurel.evaluation.Report;
import dev.laurel.feedback.FeedbackReport;
import dev.laurel.follow.LoadedModel;
import dev.laurel.follow.Standing;
import dev.laurel.follow.Standing.Failing;
import dev.laurel.follow.Standing.Serving;
import dev.laurel.follow.Standing.Withdrawn;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.predict.UsualRow;
import dev.laurel.registry.outcome.Hold;
import dev.laurel.registry.view.PinChange;
import dev.laurel.registry.view.PinChange.Direction;
import dev.laurel.yaml.Yaml;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model as clients see it.
 *
 * @param definition the one that the answering version was trained by
 * @param pin the one that the answering version was loaded for, with its evidence
 * @param example a body for {@code POST /models/<name>/predict}
 * @param row a row of the source to fill in a form; absent where a prediction needs rows before it
 * @param evaluation how good the answering version was when it was made; absent where its report cannot be read
 * @param policy what happens to the model by itself; absent where no definition is known
 * @param arrival how what is pinned came to answer here
 * @param live how champion and challenger do on the traffic of this server; absent where none answers
 * @param feedback how versions did by what turned out to be true, some seconds ago; absent where nothing was told
 * @param revert the command that undoes the newest change of the pin, where that was a promotion
 */
public record ModelView(
        @JsonUnwrapped Summary summary,
        @Nullable JsonNode signature,
        @Nullable JsonNode definition,
        @Nullable JsonNode pin,
        @Nullable Example example,
        @Nullable UsualRow row,
        @Nullable EvaluationView evaluation,
        @Nullable String policy,
        List<Change> changes,
        @Nullable String revert,
        SyncApi.@Nullable ArrivalView arrival,
        LiveApi.@Nullable View live,
        @Nullable FeedbackReport feedback) {

    /**
     * A model in a few words.
     *
     * @param state serving, failing, withdrawn or unpinned
     * @param version the version that answers
     * @param problem why what is pinned is not what answers
     */
    public record Summary(
            String model,
            String state,
            @Nullable String version,
            @Nullable String digest,
            @Nullable Instant loadedSince,
            @Nullable String description,
            @Nullable HoldView hold,
            @Nullable String problem) {}

    /** A body for its predictions that works when pasted. */
    public record Example(List<List<Double>> features) {}

    /**
     * Why automation leaves the pin alone, and how to end that.
     *
     * @param drift whether the pin did not move, and what it names drifted
     */
    public record HoldView(
            String commit, String from, @Nullable String to, boolean drift, String release) {}

    /** A change of the pin. */
    public record Change(
            String commit,
            String direction,
            @Nullable String from,
            @Nullable String to,
            String author,
            Instant time,
            String subject) {}

    static Summary summary(ModelName model, Standing standing, PinHistory history) {
        LoadedModel answering = standing.answering().orElse(null);
        return new Summary(
                model.value(),
                state(standing),
                answering == null ? null : answering.pin().version().toString(),
                answering == null ? null : answering.pin().digest().toString(),
                answering == null ? null : answering.since(),
                answering == null ? null : answering.definition().description(),
                history.hold().map(hold -> hold(model, hold)).orElse(null),
                problem(standing));
    }

    /** Why what is pinned is not what answers. */
    static @Nullable String problem(Standing standing) {
        return standing instanceof Failing failing ? failing.pinned() + ": " + failing.reason() : null;
    }

    /**
     * @param report of the version that answers
     * @param policy by the definition that stands, or else by that of the version that answers
     */
    static ModelView of(
            ModelName model,
            Standing standing,
            PinHistory history,
            Optional<Report> report,
            Function<Definition, String> policy,
            SyncApi.@Nullable ArrivalView arrival,
            Optional<LiveApi.View> live,
            Optional<FeedbackReport> feedback) {
        LoadedModel answering = standing.answering().orElse(null);
        Definition definition = history.definition().orElse(answering == null ? null : answering.definition());
        return new ModelView(
                summary(model, standing, history),
                answering == null ? null : Yaml.toTree(answering.signature()),
                answering == null ? null : Yaml.toTree(answering.definition()),
                answering == null ? null : Yaml.toTree(answering.pin()),
                answering == null ? null : new Example(List.of(answering.typicalVector())),
                answering == null || answering.features().warmUp() > 0 ? null : UsualRow.of(answering),
                answering == null
                        ? null
                        : report.map(found -> EvaluationView.of(
                                        found, answering.definition().gate().metric()))
                                .orElse(null),
                definition == null ? null : policy.apply(definition),
                history.changes().stream().map(ModelView::change).toList(),
                history.changes().stream()
                        .findFirst()
                        .filter(newest -> newest.direction() == Direction.RAISED)
                        .map(PinChange::revert)
                        .orElse(null),
                arrival,
                live.orElse(null),
                feedback.orElse(null));
    }

    static String state(Standing standing) {
        if (standing instanceof Serving) {
            return "serving";
        }
        return standing instanceof Failing ? "failing" : standing instanceof Withdrawn ? "withdrawn" : "unpinned";
    }

    private static HoldView hold(ModelName model, Hold hold) {
        return new HoldView(
                hold.commit(), hold.from().toString(), text(hold.to()), hold.isForDrift(), "laurel release " + model);
    }

    private static Change change(PinChange change) {
        return new Change(
                change.commit(),
                change.direction().name().toLowerCase(Locale.ROOT),
                change.before() == null ? null : change.before().version().toString(),
                change.after() == null ? null : change.after().version().toString(),
                change.author().name(),
                change.time(),
                change.subject());
    }

    private static @Nullable String text(@Nullable Version version) {
        return version == null ? null : version.toString();
    }
}
