package dev.laurel.predictor;

import com.google.protobuf.TextFormat;
import com.oracle.labs.mlrg.olcut.config.protobuf.protos.RootProvenanceProto;

/**
 * What stands in a model file in the place of every provenance of Tribuo: the least that Tribuo loads for an ensemble and for a tree. It
 * is written out here, not made by Tribuo, so that it is the same for every version of Tribuo; changing it changes every digest.
 */
final class ConstantProvenance {
    static final RootProvenanceProto VALUE = parse("""
            omp {
              index: 0
              object_name: "model-0"
              object_class_name: "org.tribuo.Model"
              provenance_class_name: "org.tribuo.provenance.EnsembleModelProvenance"
              values { key: "class-name" value: 1 }
              values { key: "tribuo-version" value: 2 }
              values { key: "trained-at" value: 3 }
              values { key: "dataset" value: 4 }
              values { key: "trainer" value: 5 }
              values { key: "instance-values" value: 6 }
              values { key: "member-provenance" value: 7 }
            }
            omp {
              index: 8
              object_name: "dataset-1"
              object_class_name: "org.tribuo.Dataset"
              provenance_class_name: "org.tribuo.provenance.impl.EmptyDatasetProvenance"
            }
            omp {
              index: 9
              object_name: "trainer-2"
              object_class_name: "org.tribuo.Trainer"
              provenance_class_name: "org.tribuo.provenance.impl.EmptyTrainerProvenance"
            }
            smp {
              index: 1
              key: "class-name"
              value: "org.tribuo.Model"
              provenance_class_name: "com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance"
            }
            smp {
              index: 2
              key: "tribuo-version"
              value: "constant"
              provenance_class_name: "com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance"
            }
            smp {
              index: 3
              key: "trained-at"
              value: "1970-01-01T00:00Z"
              provenance_class_name: "com.oracle.labs.mlrg.olcut.provenance.primitives.DateTimeProvenance"
            }
            smp {
              index: 4
              key: "dataset"
              value: "dataset-1"
              provenance_class_name: "org.tribuo.provenance.impl.EmptyDatasetProvenance"
              is_reference: true
            }
            smp {
              index: 5
              key: "trainer"
              value: "trainer-2"
              provenance_class_name: "org.tribuo.provenance.impl.EmptyTrainerProvenance"
              is_reference: true
            }
            mmp { index: 6 }
            lmp { index: 7 }
            """);

    private ConstantProvenance() {}

    private static RootProvenanceProto parse(String text) {
        try {
            return TextFormat.parse(text, RootProvenanceProto.class);
        } catch (TextFormat.ParseException e) {
            throw new IllegalStateException("a constant of this class", e);
        }
    }
}
