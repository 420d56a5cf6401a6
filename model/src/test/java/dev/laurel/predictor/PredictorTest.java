package dev.laurel.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.laurel.Documents;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Signature;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.common.tree.protos.TreeModelProto;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.protos.core.WeightedEnsembleModelProto;

class PredictorTest {
    private static final TrainedForest FOREST = new TrainedForest();
    private static final Model<Label> MODEL = FOREST.train(10, 4, "x");
    private static final byte[] ENCODED = TribuoProtobuf.encode(MODEL);

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 2", "50, 3", "25, 64"})
    void answersAsTribuoDoes(int trees, int depth) {
        Model<Label> model = FOREST.train(trees, depth, "x");
        Predictor predictor = Predictor.decode(FOREST.modelFile(model));
        Random random = new Random(trees);

        for (int i = 0; i < 3_000; i++) {
            double[] vector = vector(random);
            double tribuo = model.predict(TrainedForest.example(vector, "UP"))
                    .getOutputScores()
                    .get("UP")
                    .getScore();
            assertThat(predictor.probability(vector))
                    .isCloseTo(tribuo, within(1e-12))
                    .isBetween(0.0, 1.0);
        }
    }

    /** Values from training, which lie on and beside the splits, zeros, and values far away. */
    private static double[] vector(Random random) {
        double[][] trained = FOREST.vectors();
        double[] vector = new double[Documents.SIGNATURE.features().size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = switch (random.nextInt(8)) {
                case 0 -> 0;
                case 1 -> 1e6 * random.nextGaussian();
                default -> trained[random.nextInt(trained.length)][i];
            };
        }
        return vector;
    }

    @Test
    void readsFeaturesOfFewDifferentValues() {
        TrainedForest categories = new TrainedForest(value -> Math.rint(value) + 0.0);
        Model<Label> model = categories.train(5, 3, "x");
        Predictor predictor = Predictor.decode(categories.modelFile(model));

        assertThat(new String(TribuoProtobuf.encode(model), StandardCharsets.ISO_8859_1))
                .contains("CategoricalIDInfo");
        assertThat(predictor.probability(new double[] {0, 105, 105, 0})).isBetween(0.0, 1.0);
    }

    @Test
    void answersDifferentlyForDifferentRows() {
        Predictor predictor = predictor(ENCODED);

        assertThat(Arrays.stream(FOREST.vectors())
                        .mapToDouble(predictor::probability)
                        .distinct())
                .hasSizeGreaterThan(10);
    }

    @Test
    void givesTheProbabilityOfThePositiveLabel() {
        Signature swapped = signature(Documents.SIGNATURE.features(), "DOWN", "UP");
        double[] vector = FOREST.vectors()[0];

        double up = predictor(ENCODED).probability(vector);
        double down = Predictor.decode(new ModelFile(Documents.DEFINITION, swapped, FOREST.profile(), ENCODED))
                .probability(vector);

        assertThat(up).isNotEqualTo(0.5);
        assertThat(down).isCloseTo(1 - up, within(1e-12));
    }

    @Test
    void refusesAVectorOfAnotherLength() {
        assertThatThrownBy(() -> predictor(ENCODED).probability(new double[3]))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("features: 3 (expected: 4: [return_1, average_3, average_5, volatility_3])");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesAValueThatIsNotFinite(double value) {
        assertThatThrownBy(() -> predictor(ENCODED).probability(new double[] {0, 1, value, 1}))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("average_5: " + value + " (expected: a finite number)");
    }

    @Test
    void refusesAModelOfOtherFeatures() {
        Signature other = signature(List.of("return_1", "average_3", "average_9", "volatility_3"), "UP", "DOWN");

        assertThatThrownBy(
                        () -> Predictor.decode(new ModelFile(Documents.DEFINITION, other, FOREST.profile(), ENCODED)))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessage("model file: features of the predictor: [average_3, average_5, return_1, volatility_3]"
                        + " (expected those of the signature: [average_3, average_9, return_1, volatility_3])");
    }

    @Test
    void refusesAModelOfOtherLabels() {
        Signature other = signature(Documents.SIGNATURE.features(), "RISES", "FALLS");

        assertThatThrownBy(
                        () -> Predictor.decode(new ModelFile(Documents.DEFINITION, other, FOREST.profile(), ENCODED)))
                .hasMessage("model file: labels of the predictor: [DOWN, UP] (expected those of the signature: [FALLS,"
                        + " RISES])");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.tribuo.ensemble.WeightedEnsembleModel",
                "org.tribuo.classification.ensemble.FullyWeightedVotingCombiner",
                "org.tribuo.common.tree.TreeModel",
                "org.tribuo.common.tree.LeafNode",
                "org.tribuo.classification.Label",
                "org.tribuo.classification.ImmutableLabelInfo",
                "org.tribuo.ImmutableFeatureMap",
                "org.tribuo.RealIDInfo",
                "org.tribuo.Dataset",
                "org.tribuo.provenance.EnsembleModelProvenance",
                "org.tribuo.provenance.impl.EmptyTrainerProvenance",
                "com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance"
            })
    void refusesAnyOtherClassByName(String allowed) {
        // As long as the one it takes the place of, so that the message around it stays whole.
        String other = allowed.substring(0, allowed.length() - 4) + "Evil";

        assertThatThrownBy(() -> predictor(replaced(allowed, other)))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessageContaining(other);
    }

    @Test
    void neverInitialisesAClassThatIsNotAllowed() throws Exception {
        byte[] crafted = replaced("org.tribuo.common.tree.TreeModel", "dev.laurel.predictor.CanaryClass");

        assertThatThrownBy(() -> predictor(crafted))
                .hasMessage("model file: class 'dev.laurel.predictor.CanaryClass' is not one of a random forest");
        assertThat(System.getProperty(CanaryClass.SIGN)).isNull();

        ModelProto unchecked = ModelProto.parseFrom(crafted);
        assertThatThrownBy(() -> Model.deserialize(unchecked)).isNotNull();
        assertThat(System.getProperty(CanaryClass.SIGN)).as("without the check").isEqualTo("initialised");
    }

    /** Tribuo trains such leaves where two values of a feature have no number between them. */
    @Test
    void refusesALeafThatHoldsNoProbabilities() {
        Random random = new Random(1);
        TrainedForest neighbours = new TrainedForest(value -> {
            double rounded = Math.rint(value * 4) / 4 + 1000;
            return random.nextBoolean() ? rounded : Math.nextUp(rounded);
        });

        assertThatThrownBy(() -> Predictor.decode(neighbours.modelFile(neighbours.train(20, 4, "x"))))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessageMatching("model file: leaf: .* \\(expected: two probabilities\\)");
    }

    @Test
    void refusesAnotherProvenanceEvenOfTheSameClasses() {
        assertThatThrownBy(() -> predictor(replaced("1970-01-01T00:00Z", "1971-01-01T00:00Z")))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessageContaining("provenance of ")
                .hasMessageContaining("(expected: the constant one)");
    }

    @Test
    void refusesAnotherTypeOfMessage() {
        assertThatThrownBy(() ->
                        predictor(replaced("tribuo.common.tree.SplitNodeProto", "tribuo.common.tree.SplitNodePrPto")))
                .hasMessage("model file: message type tribuo.common.tree.SplitNodePrPto is not one of a random forest");
    }

    @Test
    void refusesTreesOfDifferentWeight() throws Exception {
        WeightedEnsembleModelProto.Builder forest = forest();
        forest.setWeights(0, 0.9f);

        assertThatThrownBy(() -> predictor(encoded(forest)))
                .hasMessage("model file: trees of different weight (expected: one weight)");
    }

    @Test
    void refusesAForestWithinAForest() throws Exception {
        WeightedEnsembleModelProto.Builder forest = forest();
        forest.setModels(0, ModelProto.parseFrom(ENCODED));

        assertThatThrownBy(() -> predictor(encoded(forest)))
                .hasMessage("model file: a member of the forest is not a tree");
    }

    @Test
    void refusesForestsNestedWithoutEnd() throws Exception {
        byte[] nested = ENCODED;
        for (int i = 0; i < 20; i++) {
            nested = encoded(WeightedEnsembleModelProto.newBuilder().addModels(ModelProto.parseFrom(nested)));
        }
        byte[] deep = nested;

        assertThatThrownBy(() -> predictor(deep)).hasMessage("model file: messages nested deeper than 20");
    }

    @Test
    void saysBrieflyThatTribuoCannotLoadIt() throws Exception {
        WeightedEnsembleModelProto.Builder forest = forest();
        ModelProto.Builder tree = forest.getModelsBuilder(0);
        TreeModelProto.Builder nodes = tree.getSerializedData().unpack(TreeModelProto.class).toBuilder();
        tree.setSerializedData(Any.pack(nodes.removeNodes(0).build()));

        assertThatThrownBy(() -> predictor(encoded(forest)))
                .isInstanceOf(InvalidModelFileException.class)
                .hasNoCause()
                .message()
                .startsWith("model file: Tribuo cannot load the predictor: ")
                .hasSizeLessThan(100);
    }

    @Test
    void refusesBytesThatAreNoModel() {
        assertThatThrownBy(() -> predictor(new byte[0]))
                .hasMessage("model file: class '' is not one of a random forest");
        assertThatThrownBy(() -> predictor("hello, world".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidModelFileException.class);
        for (int length = 1; length < ENCODED.length; length += 97) {
            byte[] truncated = Arrays.copyOf(ENCODED, length);
            assertThatThrownBy(() -> predictor(truncated)).isInstanceOf(InvalidModelFileException.class);
        }
    }

    private static Predictor predictor(byte[] encoded) {
        return Predictor.decode(new ModelFile(Documents.DEFINITION, Documents.SIGNATURE, FOREST.profile(), encoded));
    }

    private static Signature signature(List<String> features, String positive, String negative) {
        return new Signature(List.of("close"), 4, features, positive, negative);
    }

    private static byte[] replaced(String found, String other) {
        String text = new String(ENCODED, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(found);
        return text.replace(found, other).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static WeightedEnsembleModelProto.Builder forest() throws InvalidProtocolBufferException {
        return ModelProto.parseFrom(ENCODED).getSerializedData().unpack(WeightedEnsembleModelProto.class).toBuilder();
    }

    private static byte[] encoded(WeightedEnsembleModelProto.Builder forest) {
        return ModelProto.newBuilder()
                .setClassName("org.tribuo.ensemble.WeightedEnsembleModel")
                .setSerializedData(Any.pack(forest.build()))
                .build()
                .toByteArray();
    }
}
