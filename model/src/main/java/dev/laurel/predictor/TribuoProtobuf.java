package dev.laurel.predictor;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.protos.core.WeightedEnsembleModelProto;

/**
 * A trained Tribuo model as bytes. What Tribuo writes differs from run to run, since it holds the time, the JDK and the host of the
 * training in a provenance at every level; here each of these is replaced by one constant (a cleared one would not load), so that the
 * same training gives the same bytes.
 */
public final class TribuoProtobuf {
    private TribuoProtobuf() {}

    public static byte[] encode(Model<Label> model) {
        return TribuoMessages.bytes(TribuoMessages.replace(model.serialize(), ConstantProvenance.VALUE));
    }

    /**
     * Parses the bytes and checks every class that they name; Tribuo has seen none of them then.
     *
     * @throws InvalidModelFileException when they are broken or name a class that is not allowed
     */
    static ModelProto parse(byte[] bytes) {
        try {
            ModelProto model = ModelProto.parseFrom(bytes);
            AllowedClasses.check(model);
            expectEqualWeights(model);
            return model;
        } catch (InvalidProtocolBufferException e) {
            throw new InvalidModelFileException("predictor is not a protobuf: " + e.getMessage(), e);
        }
    }

    /** Tribuo would heed the weights of the trees; a {@link Forest} has none, nor has any forest that Tribuo trains. */
    private static void expectEqualWeights(ModelProto model) throws InvalidProtocolBufferException {
        if (model.getSerializedData().is(WeightedEnsembleModelProto.class)) {
            List<Float> weights = model.getSerializedData()
                    .unpack(WeightedEnsembleModelProto.class)
                    .getWeightsList();
            if (weights.stream().distinct().count() > 1) {
                throw new InvalidModelFileException("trees of different weight (expected: one weight)");
            }
        }
    }

    /** @throws InvalidModelFileException when Tribuo cannot make a model of it */
    static Model<?> load(ModelProto checked) {
        try {
            return Model.deserialize(checked);
        } catch (RuntimeException e) {
            // Neither message nor cause: Tribuo's may hold a whole provenance.
            throw new InvalidModelFileException(
                    "Tribuo cannot load the predictor: " + e.getClass().getSimpleName());
        }
    }
}
