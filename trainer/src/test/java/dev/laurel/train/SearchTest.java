package dev.laurel.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.table.Table;
import dev.laurel.judge.Sample;
import dev.laurel.judge.Windows;
import dev.laurel.learn.Learner;
import dev.laurel.learn.Learners;
import dev.laurel.definition.Definition;
import dev.laurel.model.Experiment;
import dev.laurel.model.Metric;
import dev.laurel.evaluation.Report.ExperimentResult;
import dev.laurel.search.Search;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The search with real fits. */
class SearchTest {
    private static final List<Experiment> EXPERIMENTS =
            List.of(new Experiment(3, 1), new Experiment(9, 4), new Experiment(5, 2), new Experiment(1, 8));

    private final Definition definition = DefinitionFixture.define().build();
    private final Table walk = Tables.walk(Windows.neededRows(definition), 8);
    private final Windows windows = Windows.of(definition);

    @ParameterizedTest
    @EnumSource(names = {"ACCURACY", "LOG_LOSS", "AUC"})
    void choosesTheBestOnTheValidationRows(Metric metric) {
        Search search = search(walk, EXPERIMENTS, metric);
        ExperimentResult chosen = search.results().stream()
                .filter(ExperimentResult::chosen)
                .findFirst()
                .orElseThrow();

        assertThat(search.results()).extracting(ExperimentResult::experiment).isEqualTo(EXPERIMENTS);
        assertThat(search.results())
                .allSatisfy(other -> assertThat(metric.gain(
                                other.validation().get(metric),
                                chosen.validation().get(metric)))
                        .isLessThanOrEqualTo(0));
        assertThat(search.best().modelFile().predictor())
                .isEqualTo(learner(walk).fit(chosen.experiment()).modelFile().predictor());
    }

    @Test
    void takesTheFirstOfEquals() {
        Experiment same = new Experiment(5, 2);

        assertThat(search(walk, List.of(same, same), Metric.ACCURACY).results())
                .extracting(ExperimentResult::chosen)
                .containsExactly(true, false);
    }

    @Test
    void takesTheFirstWhenTheMetricIsUndefined() {
        int validation = windows.validation().from();
        double[] risingInValidation = new double[walk.rows()];
        for (int row = 0; row < walk.rows(); row++) {
            risingInValidation[row] = row < validation ? walk.value("close", row) : 1000 + row;
        }

        assertThat(search(Tables.of(risingInValidation), EXPERIMENTS, Metric.AUC)
                        .results())
                .extracting(ExperimentResult::chosen)
                .containsExactly(true, false, false, false);
    }

    @Test
    void neverLooksAtTheEvaluationRows() {
        Table garbled = Tables.garbledFrom(windows.evaluation().from(), walk);
        Search search = search(walk, EXPERIMENTS, Metric.LOG_LOSS);

        Search other = search(garbled, EXPERIMENTS, Metric.LOG_LOSS);

        assertThat(other.results()).isEqualTo(search.results());
        assertThat(other.best().modelFile().encode())
                .isEqualTo(search.best().modelFile().encode());
    }

    @Test
    void tellsOfEachExperimentWhenItIsDone() {
        List<Experiment> told = new ArrayList<>();
        Search.run(
                EXPERIMENTS,
                learner(walk)::fit,
                Sample.of(definition, walk, windows.validation()),
                Metric.ACCURACY,
                (experiment, metrics) -> told.add(experiment));

        assertThat(told).isEqualTo(EXPERIMENTS);
    }

    private Search search(Table table, List<Experiment> experiments, Metric metric) {
        Sample validation = Sample.of(definition, table, windows.validation());
        return Search.run(experiments, learner(table)::fit, validation, metric, (experiment, metrics) -> {});
    }

    private Learner learner(Table table) {
        Sample training = Sample.of(definition, table, windows.training());
        return Learners.of(definition, training.vectors(), training.positive());
    }
}
