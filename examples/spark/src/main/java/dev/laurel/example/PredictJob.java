package dev.laurel.example;

import dev.laurel.model.Digest;
import dev.laurel.predictor.RowPredictor;
import dev.laurel.predictor.Signature.SourceColumn;
import dev.laurel.task.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Predicts for each row of a CSV file in a Spark job: {@code PredictJob iris.model sha256:... rows.csv predictions}. The digest is that of the pin,
 * so that what runs is what is pinned. The model file goes to each executor once; a partition loads it, which takes milliseconds, and answers for
 * its rows some thousands at a time.
 */
public final class PredictJob {
    private static final int BLOCK = 4096;

    private PredictJob() {}

    public static void main(String[] arguments) throws IOException {
        byte[] modelFile = Files.readAllBytes(Path.of(arguments[0]));
        String digest = arguments[1];
        // What is wrong with the file is better known before a thousand executors ask for it.
        RowPredictor model = RowPredictor.load(modelFile, Digest.parse(digest));
        try (SparkSession spark = SparkSession.builder().appName("laurel").getOrCreate()) {
            Dataset<Row> rows = spark.read()
                    .option("header", true)
                    .schema(schema(model, arguments[2]))
                    .option("enforceSchema", false)
                    .csv(arguments[2]);
            Broadcast<byte[]> everywhere =
                    spark.sparkContext().broadcast(modelFile, scala.reflect.ClassTag$.MODULE$.apply(byte[].class));
            String[] names = rows.columns();
            StructType predicted = rows.schema().add("prediction", "string").add("score", "double");
            MapPartitionsFunction<Row, Row> answer = partition -> new Answers(partition, everywhere.value(), digest, names);
            rows.mapPartitions(answer, Encoders.row(predicted)).write().option("header", true).csv(arguments[3]);
        }
    }

    /** In the order of the file; what the model does not know stays as it is written. */
    private static StructType schema(RowPredictor model, String file) throws IOException {
        String header;
        try (var lines = Files.lines(Path.of(file))) {
            header = lines.findFirst().orElseThrow();
        }
        StructType schema = new StructType();
        for (String name : header.split(",")) {
            boolean number = model.signature().columns().contains(new SourceColumn(name, SourceColumn.Type.NUMBER));
            schema = schema.add(name, number ? "double" : "string");
        }
        return schema;
    }

    /** The rows of a partition with their answers, in its order. */
    private static final class Answers implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final RowPredictor model;
        private final String[] names;
        private Iterator<Row> ready = List.<Row>of().iterator();

        Answers(Iterator<Row> rows, byte[] modelFile, String digest, String[] names) {
            this.rows = rows;
            this.model = RowPredictor.load(modelFile, Digest.parse(digest));
            this.names = names;
        }

        @Override
        public boolean hasNext() {
            if (!ready.hasNext() && rows.hasNext()) {
                ready = block().iterator();
            }
            return ready.hasNext();
        }

        @Override
        public Row next() {
            hasNext();
            return ready.next();
        }

        private List<Row> block() {
            List<Row> block = new ArrayList<>();
            List<Map<String, Object>> values = new ArrayList<>();
            while (block.size() < BLOCK && rows.hasNext()) {
                Row row = rows.next();
                Map<String, Object> value = new HashMap<>();
                for (int i = 0; i < names.length; i++) {
                    value.put(names[i], row.get(i));
                }
                block.add(row);
                values.add(value);
            }
            List<Answer> answers = model.answers(values);
            List<Row> predicted = new ArrayList<>();
            for (int i = 0; i < block.size(); i++) {
                List<Object> all = new ArrayList<>(CollectionConverters.asJava(block.get(i).toSeq()));
                if (answers.get(i) instanceof Answer.Classified classified) {
                    all.add(classified.label());
                    all.add(classified.confidence());
                } else if (answers.get(i) instanceof Answer.Estimated estimated) {
                    all.add(Double.toString(estimated.value()));
                    all.add(estimated.value());
                }
                predicted.add(RowFactory.create(all.toArray()));
            }
            return predicted;
        }
    }
}
