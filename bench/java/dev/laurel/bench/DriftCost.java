package dev.laurel.bench;

import dev.laurel.drift.Drift;
import dev.laurel.drift.DriftRules;
import dev.laurel.drift.Profile;
import dev.laurel.drift.Profiles;
import dev.laurel.drift.Tally;
import dev.laurel.task.Answer;
import dev.laurel.task.Classification;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

/** What it costs a server to count one row, and to look at what it counted. */
public final class DriftCost {
    private static final int ROWS = 200_000;
    private static final int ROUNDS = 15;

    private DriftCost() {}

    public static void main(String... features) {
        System.out.println("| features | a row is counted in, ns | of a request at 27,000 a second | a look, ms |\n|---:|---:|---:|---:|");
        for (String count : features) {
            measure(Integer.parseInt(count));
        }
    }

    /** Of this thread on a processor, so that it does not matter what else the machine does. */
    private static long nanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void measure(int features) {
        Random random = new Random(1);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < features; i++) {
            names.add("f" + i);
        }
        double[][] rows = new double[4096][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.doubles(features).toArray();
        }
        Answer answer = new Answer.Classified("UP", 0.6, List.of(0.6, 0.4));
        Profile profile = Profiles.of(
                names,
                new HashSet<>(names),
                rows,
                new Classification(List.of("UP", "DOWN")),
                new double[rows.length],
                List.of(),
                Collections.nCopies(200, answer));
        double[] rowsTook = new double[ROUNDS];
        double[] looks = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            Tally tally = new Tally(profile);
            long start = nanos();
            for (int row = 0; row < ROWS; row++) {
                tally.add(rows[row & 4095], answer, null, 0);
            }
            rowsTook[round] = (nanos() - start) / (double) ROWS;
            start = nanos();
            Drift.of(profile, tally.seen(), DriftRules.USUAL);
            looks[round] = (nanos() - start) / 1e6;
        }
        Arrays.sort(rowsTook);
        Arrays.sort(looks);
        // Two cores: a request takes 2 / 27,000 s of a processor.
        double share = rowsTook[ROUNDS / 2] / (2e9 / 27_000);
        System.out.printf(
                "| %s | %.0f | %.2f %% | %.1f |%n", features, rowsTook[ROUNDS / 2], 100 * share, looks[ROUNDS / 2]);
    }
}
