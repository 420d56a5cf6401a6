package dev.laurel.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.table.Table;
import dev.laurel.judge.Sample;
import dev.laurel.judge.Windows;
import dev.laurel.learn.Fitted;
import dev.laurel.learn.Learner;
import dev.laurel.learn.Learners;
import dev.laurel.definition.Definition;
import dev.laurel.model.Digest;
import dev.laurel.model.Experiment;
import dev.laurel.predictor.ModelFile;
import dev.laurel.predictor.Predictor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnersTest {
    private static final Experiment EXPERIMENT = new Experiment(7, 4);
    private final Definition definition = DefinitionFixture.define().build();
    private final Table walk = Tables.walk(Windows.neededRows(definition), 5);

    @Test
    void aSecondFitGivesTheSameModelFile() {
        Learner learner = learner(definition, walk);

        byte[] first = learner.fit(EXPERIMENT).modelFile().encode();

        assertThat(learner.fit(EXPERIMENT).modelFile().encode()).isEqualTo(first);
        assertThat(fit(definition, walk).encode()).isEqualTo(first);
    }

    @Test
    void answersAsItsModelFileDoes() {
        Sample validation = Sample.of(definition, walk, Windows.of(definition).validation());
        Fitted fitted = learner(definition, walk).fit(EXPERIMENT);
        Predictor predictor = Predictor.decode(fitted.modelFile());

        assertThat(validation.predictions(fitted::probability).probability())
                .containsExactly(validation.predictions(predictor::probability).probability());
    }

    @Test
    void anotherSeedGivesAnotherForest() {
        assertThat(fit(DefinitionFixture.define().seed(2).build(), walk).predictor())
                .isNotEqualTo(fit(definition, walk).predictor());
    }

    @Test
    void noValueAfterTheLabelsOfTheTrainingRowsReachesTraining() {
        Windows windows = Windows.of(definition);
        int newestLabel = windows.training().to() - 1 + definition.target().horizon();

        ModelFile file = fit(definition, walk);

        assertThat(digest(fit(definition, Tables.garbledFrom(newestLabel + 1, walk))))
                .isEqualTo(digest(file));
        assertThat(digest(fit(definition, Tables.garbledFrom(newestLabel, walk))))
                .isNotEqualTo(digest(file));
    }

    @Test
    void learnsWhatThereIsToLearn() {
        double[] zigzag =
                IntStream.range(0, walk.rows()).mapToDouble(i -> 100 + i % 2).toArray();
        Table table = Tables.of(zigzag);
        Predictor predictor = Predictor.decode(fit(definition, table));

        assertThat(Sample.of(definition, table, Windows.of(definition).evaluation())
                        .predictions(predictor::probability)
                        .metrics()
                        .accuracy())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 1})
    void trainsWithAnyShareOfTheFeatures(double share) {
        Definition shared = DefinitionFixture.define().featureFraction(share).build();
        Predictor predictor = Predictor.decode(fit(shared, walk));

        assertThat(Arrays.stream(training(shared, walk).vectors())
                        .mapToDouble(predictor::probability)
                        .distinct())
                .hasSizeGreaterThan(5);
    }

    @Test
    void refusesRowsFromWhichNothingCanBeLearned() {
        double[] rising =
                IntStream.range(0, walk.rows()).mapToDouble(i -> 100 + i).toArray();

        assertThatThrownBy(() -> fit(definition, Tables.of(rising)))
                .hasMessage("labels of the training rows: only UP (expected: both UP and DOWN; make the training window"
                        + " larger)");
    }

    private static ModelFile fit(Definition definition, Table table) {
        return learner(definition, table).fit(EXPERIMENT).modelFile();
    }

    private static Learner learner(Definition definition, Table table) {
        Sample training = training(definition, table);
        return Learners.of(definition, training.vectors(), training.positive());
    }

    private static Sample training(Definition definition, Table table) {
        return Sample.of(definition, table, Windows.of(definition).training());
    }

    private static Digest digest(ModelFile file) {
        return Digest.of(file.encode());
    }
}
