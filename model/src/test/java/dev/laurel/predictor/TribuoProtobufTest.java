package dev.laurel.predictor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.Golden;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.protos.core.ModelProto;

class TribuoProtobufTest {
    private final TrainedForest forest = new TrainedForest();

    @Test
    void givesTheSameBytesForTheSameTraining() {
        byte[] first = TribuoProtobuf.encode(forest.train(10, 4, "first"));
        byte[] second = TribuoProtobuf.encode(forest.train(10, 4, "second"));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void givesTheBytesOfAnotherJvmAtAnotherTime() {
        byte[] golden = ModelFile.decode(Golden.bytes("spy-direction.model")).predictor();

        assertThat(TribuoProtobuf.encode(forest.train(5, 2, "now"))).isEqualTo(golden);
    }

    @Test
    void givesOtherBytesForAnotherTraining() {
        assertThat(TribuoProtobuf.encode(forest.train(10, 4, "x")))
                .isNotEqualTo(TribuoProtobuf.encode(forest.train(10, 3, "x")));
    }

    @Test
    void leavesNoTraceOfWhenAndWhereTheModelWasTrained() {
        Model<Label> model = forest.train(3, 2, "a-note-of-the-training");
        String today = OffsetDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy-MM"));
        String[] traces = {
            today,
            System.getProperty("java.version"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            "a-note-of-the-training"
        };

        assertThat(text(model.serialize().toByteArray())).contains(traces);
        assertThat(text(TribuoProtobuf.encode(model))).doesNotContain(traces);
    }

    @Test
    void isReadByTribuoItself() throws Exception {
        Model<Label> model = forest.train(3, 2, "x");

        Model<?> read = Model.deserialize(ModelProto.parseFrom(TribuoProtobuf.encode(model)));

        assertThat(read.getName()).isEqualTo(model.getName());
        assertThat(read.getFeatureIDMap().keySet())
                .isEqualTo(model.getFeatureIDMap().keySet());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
