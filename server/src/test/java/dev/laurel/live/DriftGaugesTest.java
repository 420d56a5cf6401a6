package dev.laurel.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.drift.Drift;
import dev.laurel.drift.DriftRules;
import dev.laurel.drift.Profile;
import dev.laurel.drift.Profiles;
import dev.laurel.drift.Seen;
import dev.laurel.drift.Tally;
import dev.laurel.model.Digest;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.monitor.ServerMetrics;
import dev.laurel.task.Answer;
import dev.laurel.task.Regression;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DriftGaugesTest {
    private static final Answer ANSWER = new Answer.Estimated(1, "EUR");
    private static final String LABELS = "model=\"rent\",role=\"champion\",version=\"v1\",window=\"hour\"} ";

    @Test
    void noScrapeMissesASeriesWhileDriftIsLookedAt() throws Exception {
        try (ServerMetrics metrics = new ServerMetrics()) {
            DriftGauges gauges = new DriftGauges(metrics);
            List<LiveReport> reports = List.of(drifted());
            gauges.show(reports);
            AtomicBoolean over = new AtomicBoolean();
            Thread looking = new Thread(() -> {
                while (!over.get()) {
                    gauges.show(reports);
                }
            });
            looking.start();
            try {
                for (int scrape = 0; scrape < 300; scrape++) {
                    assertThat(metrics.scrape(null).text())
                            .as("scrape %s", scrape)
                            .contains("laurel_drift{" + LABELS + "1.0")
                            .contains("laurel_drift_rows{" + LABELS + "200.0")
                            .contains("laurel_drift_distance{column=\"area\",kind=\"numbers\"," + LABELS + "1.0");
                }
            } finally {
                over.set(true);
                looking.join();
            }
            gauges.show(List.of());
            assertThat(metrics.scrape(null).text()).doesNotContain("laurel_drift{");
        }
    }

    @Test
    void looksTakeAHundredthOfAProcessorAtMost() {
        assertThat(LiveDrift.pause(Duration.ofMillis(5))).isEqualTo(Duration.ofSeconds(10));
        assertThat(LiveDrift.pause(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(200));
    }

    private static LiveReport drifted() {
        Random random = new Random(1);
        double[][] rows = new double[500][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new double[] {random.nextGaussian()};
        }
        Profile profile = Profiles.of(
                List.of("area"),
                Set.of("area"),
                rows,
                new Regression("EUR"),
                new double[rows.length],
                List.of(),
                Collections.nCopies(200, ANSWER));
        Tally tally = new Tally(profile);
        for (int row = 0; row < 200; row++) {
            tally.add(new double[] {9 + random.nextGaussian()}, ANSWER, null, 0);
        }
        Seen seen = tally.seen();
        LiveReport.Window window = new LiveReport.Window(Drift.of(profile, seen, DriftRules.USUAL), seen);
        return new LiveReport(
                new ModelName("rent"),
                List.of(new LiveReport.Of(new Version(1), Digest.of(new byte[0]), "champion", window, window)));
    }
}
