package dev.laurel.api;

import dev.laurel.follow.Follower;
import dev.laurel.monitor.ServerMetrics;
import dev.laurel.predict.NewestRows;
import dev.laurel.predict.Readiness;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** What platforms ask: alive, ready, and how it goes. */
public final class HealthApi {
    /**
     * How long a server that has just begun lets who asks wait for its first look at the pins. Else it would be ready only by the next
     * question, a second later; and this is less than the second after which most who ask give up.
     */
    private static final Duration FIRST_LOOK = Duration.ofMillis(900);

    /** Each takes a thread while it waits; more than that many are told at once. */
    private static final int MOST_WAITING = 8;

    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final Follower follower;
    private final NewestRows rows;
    private final ServerMetrics metrics;

    public HealthApi(Follower follower, NewestRows rows, ServerMetrics metrics) {
        this.follower = follower;
        this.rows = rows;
        this.metrics = metrics;
    }

    public void register(RoutesConfig routes) {
        routes.get("/healthz", ctx -> ctx.json(Map.of("alive", true)));
        routes.get("/readyz", this::ready);
        routes.get("/health", this::ready);
        routes.get("/metrics", ctx -> {
            metrics.newestRows(rows.ages());
            ServerMetrics.Scrape scrape = metrics.scrape(ctx.header("Accept"));
            ctx.result(scrape.text()).contentType(scrape.mediaType());
        });
    }

    private void ready(Context ctx) {
        if (!follower.isStopping() && waiting.tryAcquire()) {
            try {
                follower.awaitFirstLook(FIRST_LOOK);
            } finally {
                waiting.release();
            }
        }
        Readiness.of(follower).expect();
        ctx.json(Map.of("ready", true));
    }
}
