package dev.laurel.bench;

import dev.laurel.definition.Trainer;
import dev.laurel.learn.Learners;
import dev.laurel.learn.Lesson;
import dev.laurel.predictor.Compiled;
import dev.laurel.predictor.Trees;
import dev.laurel.predictor.Trees.Node;
import dev.laurel.task.Classification;
import dev.laurel.task.Regression;
import dev.laurel.yaml.Yaml;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * Does for {@code bench/learn.py} what it asks for on standard input, one line each: {@code fit LABELS SEED SCORES TRAINER}, where LABELS is 0
 * for values, SCORES the file for what it answers of the rows to judge, and TRAINER that part of a definition; or {@code rows FOREST}, the
 * nanoseconds that a forest needs for a row. Numbers in files are doubles of the lowest byte first.
 */
public final class LearnWorker {
    private static final int FEATURES = 10;

    private LearnWorker() {}

    /** @param args the folder of the rows */
    public static void main(String... args) throws IOException {
        Path folder = Path.of(args[0]);
        double[][] training = vectors(folder.resolve("training"));
        double[][] judging = vectors(folder.resolve("judging"));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 5);
            if (words[0].equals("rows")) {
                System.out.printf(Locale.ROOT, "%.1f%n", nanosOfRow(forest(Path.of(words[1])), judging));
                continue;
            }
            int labels = Integer.parseInt(words[1]);
            Lesson lesson = new Lesson(
                    training,
                    doubles(folder.resolve(labels == 0 ? "values" : "labels")),
                    labels == 0 ? new Regression("1") : new Classification(List.of("no", "yes").subList(0, labels)));
            Trainer trainer = Yaml.read(words[4].getBytes(StandardCharsets.UTF_8), "trainer", Trainer.class);
            long start = System.nanoTime();
            Compiled model = Learners.fit(trainer, lesson, Long.parseLong(words[2]));
            double seconds = (System.nanoTime() - start) / 1e9;
            Files.write(Path.of(words[3]), answers(model, judging));
            System.out.printf(Locale.ROOT, "%.9f%n", seconds);
        }
    }

    private static double[] doubles(Path file) throws IOException {
        double[] doubles = new double[(int) (Files.size(file) / Double.BYTES)];
        ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(doubles);
        return doubles;
    }

    private static double[][] vectors(Path file) throws IOException {
        double[] all = doubles(file);
        double[][] vectors = new double[all.length / FEATURES][FEATURES];
        for (int row = 0; row < vectors.length; row++) {
            System.arraycopy(all, row * FEATURES, vectors[row], 0, FEATURES);
        }
        return vectors;
    }

    private static byte[] answers(Compiled model, double[][] vectors) {
        ByteBuffer bytes = ByteBuffer.allocate(vectors.length * model.outputs() * Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        double[] scores = new double[model.outputs()];
        for (double[] vector : vectors) {
            model.scores(vector, scores);
            for (double score : scores) {
                bytes.putDouble(score);
            }
        }
        return bytes.array();
    }

    /** Trees in preorder, a line for each node: {@code FEATURE THRESHOLD}, or {@code -1} and the scores of a leaf. */
    private static Compiled forest(Path file) throws IOException {
        Iterator<String> lines = Files.readAllLines(file).iterator();
        List<Node> trees = new ArrayList<>();
        while (lines.hasNext()) {
            trees.add(node(lines));
        }
        return Trees.of(FEATURES, 2, trees);
    }

    private static Node node(Iterator<String> lines) {
        String[] words = lines.next().split(" ");
        if (words[0].equals("-1")) {
            return new Node.Leaf(List.of(Double.parseDouble(words[1]), Double.parseDouble(words[2])));
        }
        Node lessOrEqual = node(lines);
        return new Node.Split(Integer.parseInt(words[0]), Double.parseDouble(words[1]), lessOrEqual, node(lines));
    }

    private static double nanosOfRow(Compiled model, double[][] vectors) {
        double[] scores = new double[model.outputs()];
        double kept = 0;
        double least = Double.POSITIVE_INFINITY;
        // The quickest of many rounds: what else the machine does only ever adds.
        for (int round = 0; round < 40; round++) {
            long start = System.nanoTime();
            for (double[] vector : vectors) {
                model.scores(vector, scores);
                kept += scores[0];
            }
            least = Math.min(least, (System.nanoTime() - start) / (double) vectors.length);
        }
        return Double.isFinite(kept) ? least : Double.NaN;
    }
}
