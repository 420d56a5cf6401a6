package dev.laurel.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.Experiment;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainerTest {
    private static final Trainer SVR = new Trainer.Svr(Trainer.Kernel.LINEAR, 1, 0, 0.1);
    private static final Trainer BOOSTING = new Trainer.GradientBoosting(100, 4, 0.1, 1, 1, 1);

    /** What is no number is the same in every experiment. */
    @Test
    void anExperimentChangesNumbersAlone() {
        assertThat(Hyperparameters.with(SVR, Experiment.of(Map.of("cost", 5.0))))
                .isEqualTo(new Trainer.Svr(Trainer.Kernel.LINEAR, 5, 0, 0.1));
        assertThatThrownBy(() -> Hyperparameters.with(SVR, Experiment.of(Map.of("kernel", 1.0))))
                .hasMessage("kernel: unknown hyperparameter (expected: one of cost, gamma, epsilon)");
    }

    @ParameterizedTest
    @CsvSource({
        "cost, 0, '0.0 (expected: above 0, up to 1.0E9)'",
        "gamma, -1, '-1.0 (expected: 0.0..1.0E9)'",
        "epsilon, -1, '-1.0 (expected: 0.0..1.0E9)'"
    })
    void supportVectorMachinesHaveBounds(String name, double value, String message) {
        assertThatThrownBy(() -> Hyperparameters.with(SVR, Experiment.of(Map.of(name, value))))
                .hasMessage(name + ": " + message);
    }

    @ParameterizedTest
    @CsvSource({
        "trees, 0, '0 (expected: 1..10000)'",
        "depth, 65, '65 (expected: 1..64)'",
        "learning_rate, 0, '0.0 (expected: above 0, up to 1)'",
        "lambda, -1, '-1.0 (expected: 0.0..1.0E9)'",
        "minimum_child_weight, -1, '-1.0 (expected: 0.0..1.0E9)'",
        "subsample, 1.5, '1.5 (expected: above 0, up to 1)'"
    })
    void boostingHasBounds(String name, double value, String message) {
        assertThatThrownBy(() -> Hyperparameters.with(BOOSTING, Experiment.of(Map.of(name, value))))
                .hasMessage(name + ": " + message);
    }

    /** The lists that messages give. */
    @Test
    void theTrainersThatDoWhatOthersDoNotAreListed() {
        List<Trainer> all = List.of(
                new Trainer.RandomForest(1, 1, 1, 2, 1),
                new Trainer.ExtraTrees(1, 1, 1, 2, 1),
                new Trainer.Bagging(1, 1, 2, 1),
                new Trainer.DecisionTree(1, 2, 1),
                new Trainer.Logistic(1),
                new Trainer.Linear(),
                new Trainer.Ridge(1),
                new Trainer.Lasso(1),
                new Trainer.ElasticNet(1, 1),
                new Trainer.Knn(1),
                new Trainer.Svc(Trainer.Kernel.RBF, 1, 0),
                new Trainer.Svr(Trainer.Kernel.RBF, 1, 0, 0),
                new Trainer.GradientBoosting(1, 1, 1, 1, 1, 1));

        assertThat(all).extracting(Object::getClass).containsExactlyInAnyOrder(Trainer.class.getPermittedSubclasses());
        assertThat(names(all.stream().filter(Trainer::takesWeights))).isEqualTo(Trainer.TAKING_WEIGHTS);
        assertThat(names(all.stream().filter(Trainer::learnsLabels))).isEqualTo(Trainer.LEARNING_LABELS);
        assertThat(names(all.stream().filter(Trainer::learnsValues))).isEqualTo(Trainer.LEARNING_VALUES);
        assertThat(names(all.stream().filter(trainer -> trainer.parts() != null)))
                .isEqualTo(Trainer.SHOWING_PARTS);
    }

    private static String names(Stream<Trainer> trainers) {
        return trainers.map(trainer -> trainer.getClass().getSimpleName().replaceAll("(?<=[a-z])([A-Z])", "-$1"))
                .collect(Collectors.joining(", "))
                .toLowerCase(Locale.ROOT);
    }
}
