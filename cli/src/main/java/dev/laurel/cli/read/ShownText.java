package dev.laurel.cli.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.output.Columns;
import dev.laurel.cli.output.Output;
import dev.laurel.cli.output.Shown;
import dev.laurel.cli.read.ShowCommand.Place;
import dev.laurel.cli.read.ShowCommand.ShownModel;
import dev.laurel.cli.read.ShowCommand.ShownVersion;
import dev.laurel.definition.Definition;
import dev.laurel.definition.Gate;
import dev.laurel.evaluation.Importance;
import dev.laurel.evaluation.Interval;
import dev.laurel.evaluation.MetricIntervals;
import dev.laurel.evaluation.Metrics;
import dev.laurel.evaluation.Report;
import dev.laurel.feature.Feature;
import dev.laurel.judge.MetricRow;
import dev.laurel.model.Environment;
import dev.laurel.model.Experiment;
import dev.laurel.model.Metric;
import dev.laurel.model.Pin;
import dev.laurel.model.Provenance;
import dev.laurel.model.VersionRecord.Content;
import dev.laurel.registry.outcome.Hold;
import dev.laurel.registry.view.Departure;
import dev.laurel.yaml.Yaml;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A model or a version as people read it. */
final class ShownText {
    private static final int MOST_TRIALS = 10;
    private static final int MOST_FEATURES = 12;

    private ShownText() {}

    static String model(ShownModel shown) {
        Columns columns = new Columns().add("newest", Output.shown(shown.newest()));
        shown.environments().forEach(place -> columns.add(place.environment().value(), place(shown, place)));
        definition(columns, shown.definition());
        columns.add("definition", shown.definitionDigest().toString());
        return "%s: %s%n%n%s"
                .formatted(shown.model(), shown.definition().description().strip(), columns);
    }

    private static String place(ShownModel shown, Place place) {
        @Nullable Pin pin = place.champion();
        @Nullable Hold hold = place.hold();
        @Nullable Challenged challenger = place.challenger();
        return (pin == null ? "no champion" : pin.version() + " (" + Shown.why(pin) + ")")
                + (challenger == null ? "" : "; " + challenger.text())
                + (hold == null
                        ? ""
                        : ", held since %s (%s); 'laurel release %s' ends it"
                                .formatted(Shown.commit(hold.commit()), Shown.why(hold), shown.model()));
    }

    private static void definition(Columns columns, Definition definition) {
        Gate gate = definition.gate();
        columns.add("source", definition.source().effective().described())
                .add("target", definition.target().described())
                .add(
                        "features",
                        definition.features().stream().map(Feature::name).collect(Collectors.joining(", ")))
                .add("split", definition.split().described())
                .add(
                        "trainer",
                        Yaml.toTree(definition).path("trainer").path("kind").asText() + trials(definition))
                .add(
                        "gate",
                        "%s better by %s, on at least %s rows%s; mode %s"
                                .formatted(
                                        gate.metric(),
                                        gate.minimumGain(),
                                        gate.minimumRows(),
                                        rules(gate),
                                        Yaml.toTree(gate.mode()).asText()));
    }

    /** Each rule as the definition has it: {@code not-worse auc 0.01}. */
    private static String rules(Gate gate) {
        StringBuilder rules = new StringBuilder();
        for (JsonNode rule : Yaml.toTree(gate).path("rules")) {
            rules.append(rules.isEmpty() ? "; " : ", ");
            List<String> values = new ArrayList<>();
            rule.elements().forEachRemaining(value -> values.add(value.asText()));
            rules.append(String.join(" ", values));
        }
        return rules.toString();
    }

    /** The experiments, or how many where they are too many to read. */
    private static String trials(Definition definition) {
        List<Experiment> trials = definition.foreseen();
        if (trials.equals(List.of(Experiment.AS_DEFINED))) {
            return "";
        }
        int most = definition.mostTrials();
        return most > MOST_TRIALS || most > trials.size()
                ? "; %s experiments".formatted(most)
                : trials.stream().map(Experiment::toString).collect(Collectors.joining("; ", ": ", ""));
    }

    static String version(ShownVersion shown) {
        Report report = shown.report();
        Provenance provenance = shown.provenance();
        Content modelFile = shown.record().modelFile();
        @Nullable Content data = shown.record().data();
        Columns facts = new Columns()
                .add(
                        "registered",
                        "%s by %s, commit %s"
                                .formatted(
                                        shown.registered().time(),
                                        Shown.author(shown.registered().author().name(), shown.signer()),
                                        Shown.commit(shown.registered().commit())))
                .add("champion in", in(shown.championIn()));
        if (!shown.triedIn().isEmpty()) {
            facts.add("tried in", in(shown.triedIn()));
        }
        @Nullable Departure departure = shown.departure();
        if (departure != null) {
            facts.add(
                    "left the tree",
                    "%s, commit %s; commit %s still has it"
                            .formatted(
                                    departure.origin().time(),
                                    Shown.commit(departure.origin().commit()),
                                    Shown.commit(departure.last())));
        }
        facts.add("gate", verdict(report))
                .add(
                        "experiment",
                        "%s (chosen of %s%s)"
                                .formatted(report.chosen(), report.experiments().size(), pruned(report)));
        windows(facts, report);
        facts.add("model file", content(modelFile))
                .add("data", data == null ? provenance.data() + ", not kept" : content(data))
                .add("source", report.source())
                .add("definition", provenance.definition().toString())
                .add(
                        "trained",
                        "%s with Laurel %s, seed %s, from commit %s"
                                .formatted(
                                        provenance.trainedAt().truncatedTo(ChronoUnit.SECONDS),
                                        provenance.laurel(),
                                        provenance.seed(),
                                        Shown.commit(provenance.commit())))
                .add(
                        "platform",
                        "Java %s, %s, %s".formatted(provenance.java(), provenance.os(), provenance.architecture()))
                .add(
                        "libraries",
                        provenance.libraries().entrySet().stream()
                                .map(library -> library.getKey() + " " + library.getValue())
                                .collect(Collectors.joining(", ")));
        return "%s %s%n%n%s%n%n%s".formatted(shown.model(), shown.version(), report(report), facts);
    }

    private static String pruned(Report report) {
        long pruned = report.experiments().stream()
                .filter(result -> result.pruned() != null)
                .count();
        return pruned == 0 ? "" : ", %s given up before their end".formatted(pruned);
    }

    private static String in(List<Environment> environments) {
        return environments.isEmpty()
                ? "none"
                : environments.stream().map(Environment::value).collect(Collectors.joining(", "));
    }

    static String content(Content content) {
        return "%s, %s bytes".formatted(content.digest(), content.size());
    }

    private static void windows(Columns columns, Report report) {
        columns.add("training", report.windows().training().toString())
                .add("validation", report.windows().validation().toString())
                .add("evaluation", report.windows().evaluation().toString());
        String clock = report.clock();
        if (clock != null) {
            columns.add("clock", clock);
        }
    }

    private static String verdict(Report report) {
        return report.decision().verdict() + ": "
                + String.join("; ", report.decision().reasons());
    }

    /** How good a version was, beside the champion of that time on the very same rows. */
    static String report(Report report) {
        Metrics metrics = report.challenger().metrics();
        Report.@Nullable Side champion = report.champion();
        @Nullable Metrics naive = report.naive();
        String withoutModel = naive == null ? "" : "without a model";
        Columns columns = new Columns();
        if (champion == null) {
            Map<Metric, Interval> intervals = MetricIntervals.of(metrics);
            columns.add("", report.version().toString(), withoutModel);
            metrics.known()
                    .forEach((metric, value) -> columns.add(
                            metric.toString(),
                            Shown.value(value, intervals.get(metric)),
                            naive == null ? "" : Shown.number(naive.get(metric))));
        } else {
            columns.add("", "champion " + champion.version(), report.version().toString(), "gain", withoutModel);
            Shown.metrics(columns, MetricRow.together(champion.metrics(), metrics), naive);
        }
        return "On %s evaluation rows, with 95 %% intervals:%n%n%s%s"
                .formatted(metrics.rows(), columns, importance(report.importance()));
    }

    /** The features that matter most. */
    private static String importance(@Nullable Importance importance) {
        if (importance == null) {
            return "";
        }
        Columns columns = new Columns();
        importance.features().stream()
                .limit(MOST_FEATURES)
                .forEach(feature ->
                        columns.add(feature.feature(), Shown.difference(feature.loss(), feature.interval())));
        int more = importance.features().size() - MOST_FEATURES;
        return "%n%nHow much worse %s gets when a feature is shuffled among %s of these rows:%n%n%s%s"
                .formatted(
                        importance.metric(),
                        importance.rows(),
                        columns,
                        more > 0 ? "%n... and %s more".formatted(more) : "");
    }
}
