package dev.laurel.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import dev.laurel.monitor.ServerMetrics;
import dev.laurel.store.Score;
import dev.laurel.store.Tally;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FeedbackMetricsTest {
    private static final ModelName IRIS = new ModelName("iris");

    /** An alert on a series that is missing for one scrape begins to wait anew. */
    @Test
    void noScrapeMissesASeriesWhileNewValuesAreTold() throws Exception {
        try (ServerMetrics metrics = new ServerMetrics()) {
            FeedbackMetrics feedback = new FeedbackMetrics(metrics, model -> true);
            feedback.show(IRIS, scores(50));
            AtomicBoolean over = new AtomicBoolean();
            Thread telling = new Thread(() -> {
                for (int rows = 50; !over.get(); rows = 50 + (rows + 1) % 50) {
                    feedback.show(IRIS, scores(rows));
                }
            });
            telling.start();
            try {
                for (int scrape = 0; scrape < 300; scrape++) {
                    assertThat(metrics.scrape(null).text())
                            .as("scrape %s", scrape)
                            .contains("laurel_feedback_rows{model=\"iris\",role=\"champion\",version=\"v1\"} ")
                            .contains(
                                    "laurel_feedback_score_low{metric=\"accuracy\",model=\"iris\",role=\"champion\",version=\"v1\"} ")
                            .contains(
                                    "laurel_feedback_score_high{metric=\"accuracy\",model=\"iris\",role=\"champion\",version=\"v2\"} ");
                }
            } finally {
                over.set(true);
                telling.join();
            }
        }
    }

    private static List<Score> scores(int rows) {
        Tally tally = new Tally(rows, 40, 0, 0, 0);
        return List.of(new Score(new Version(1), "champion", tally), new Score(new Version(2), "champion", tally));
    }
}
