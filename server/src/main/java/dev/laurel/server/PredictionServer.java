package dev.laurel.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.laurel.api.HealthApi;
import dev.laurel.api.LiveApi;
import dev.laurel.api.ModelsApi;
import dev.laurel.api.PredictionApi;
import dev.laurel.api.SyncApi;
import dev.laurel.bytes.SiblingPort;
import dev.laurel.feedback.Feedback;
import dev.laurel.feedback.FeedbackApi;
import dev.laurel.feedback.FeedbackMetrics;
import dev.laurel.follow.Challenger;
import dev.laurel.follow.Follower;
import dev.laurel.follow.Pins;
import dev.laurel.follow.Standing;
import dev.laurel.follow.Supply;
import dev.laurel.front.Front;
import dev.laurel.front.Guard;
import dev.laurel.front.Limit;
import dev.laurel.git.lfs.LfsPointer;
import dev.laurel.http.CallerCheck;
import dev.laurel.http.ErrorAnswers;
import dev.laurel.http.RequestIds;
import dev.laurel.live.DriftApi;
import dev.laurel.live.DriftGauges;
import dev.laurel.live.LiveDrift;
import dev.laurel.live.LiveMetrics;
import dev.laurel.live.LiveTraffic;
import dev.laurel.mlflow.MlflowErrors;
import dev.laurel.mlflow.ScoringApi;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.monitor.RequestTimer;
import dev.laurel.monitor.ServerMetrics;
import dev.laurel.monitor.StoryMetrics;
import dev.laurel.oip.InferenceApi;
import dev.laurel.oip.OipErrors;
import dev.laurel.oip.grpc.GrpcPort;
import dev.laurel.openapi.DescriptionApi;
import dev.laurel.predict.Answered;
import dev.laurel.predict.Exchange;
import dev.laurel.predict.LiveRole;
import dev.laurel.predict.NewestRows;
import dev.laurel.predict.Observer;
import dev.laurel.predict.PredictionService;
import dev.laurel.program.Reason;
import dev.laurel.registry.Registry;
import dev.laurel.source.RowStore;
import dev.laurel.task.Answer;
import dev.laurel.trace.Tracing;
import dev.laurel.web.Page;
import dev.laurel.webhook.MainWatch;
import dev.laurel.webhook.WebhookTarget;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.json.JavalinJackson;
import io.javalin.router.Endpoint;
import io.javalin.util.JavalinBindException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.jspecify.annotations.Nullable;

/** Follows the pins of one environment and answers with the champions. Long since all parts of a server are put together here, and taken apart. */
public final class PredictionServer implements AutoCloseable {
    /** Long enough for clients under load to learn that their connection ends. With what follows it is less than ten seconds. */
    public static final Duration LAST_ANSWERS = Duration.ofSeconds(2);

    /** What a request in flight has to finish. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    /** Where the servlets of a models repository are mounted, and what to clone there. */
    private static final String GIT = "/git/*";

    private static final String CLONE = "/git/models.git";

    /** Our own files alone; no frames around them. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** The headers of every answer, as bytes, since they are always the same. */
    private static final List<HttpField> PROTECTION = List.of(
            new PreEncodedHttpField("Content-Security-Policy", CONTENT_SECURITY_POLICY),
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
            new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
            new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
            new PreEncodedHttpField("Cache-Control", "no-store"));

    private final ServerMetrics metrics = new ServerMetrics();
    private final Tracing tracing;
    private final Guard guard;
    private final Front front;
    private final PredictionService service;
    private final LiveTraffic live;
    private final Supply supply;
    private final NewestRows rows;
    private final LiveDrift drift;
    private final Feedback feedback;
    private final Follower follower;
    private final StoryMetrics stories;
    private final Javalin javalin;
    private @Nullable GrpcPort grpc;
    private volatile @Nullable MainWatch watch;
    private volatile @Nullable SiblingPort shared;
    private volatile @Nullable Duration training;
    private int port;

    private PredictionServer(
            ServerSettings settings, Supply supply, RowStore store, Map<String, HttpServlet> servlets) {
        Clock clock = Clock.systemUTC();
        this.supply = supply;
        guard = Guard.of(settings.variables());
        front = new Front(settings.names(), guard);
        tracing = settings.tracing();
        supply.bytes().listen(metrics::fetched);
        rows = new NewestRows(store, clock);
        live = new LiveTraffic(clock);
        metrics.beforeScrapes(new LiveMetrics(live, metrics)::refresh);
        drift = new LiveDrift(clock, new DriftGauges(metrics), settings.countsDrift());
        follower = new Follower(
                supply,
                pins(settings, supply),
                settings.environment(),
                clock,
                tracing,
                (model, standing) -> {
                    metrics.standing(model, standing);
                    rows.standing(model, standing);
                    live.standing(model, standing);
                    drift.answers(model, LiveRole.CHAMPION, standing.answering());
                },
                (model, challenger) -> {
                    rows.challenger(model, challenger.map(Challenger::model));
                    live.challenger(model, challenger);
                    drift.answers(model, LiveRole.CHALLENGER, challenger.map(Challenger::model));
                });
        feedback = new Feedback(clock, new FeedbackMetrics(metrics, this::answersWithLabels), this::served);
        stories = metrics.tell(follower, supply.registry());
        service = new PredictionService(follower, rows, guard.limits().get(Limit.ROWS), observers(), live, tracing);
        metrics.follow(service::answering, clock);
        metrics.arrivals(follower.arrivals());
        metrics.queue(front::active, front::waiting);
        // The first look at the pins takes place beside the start of Jetty.
        follower.start();
        try {
            javalin = Javalin.create(config -> configure(config, settings, servlets));
        } catch (RuntimeException e) {
            follower.close();
            throw e;
        }
    }

    /**
     * Starts to follow and to answer. Readiness comes later, when every pinned model is loaded.
     *
     * @param servlets more to serve in the same Jetty, by path, such as the models repository itself at {@code /git/*}
     * @throws IllegalStateException with a remedy, when it cannot bind to the host and port
     */
    public static PredictionServer start(
            ServerSettings settings, Registry registry, RowStore rows, Map<String, HttpServlet> servlets) {
        return start(settings, Supply.of(registry), rows, servlets);
    }

    /** The same, of what may be out of reach yet. */
    public static PredictionServer start(
            ServerSettings settings, Supply supply, RowStore rows, Map<String, HttpServlet> servlets) {
        PredictionServer server = new PredictionServer(settings, supply, rows, servlets);
        Integer grpcPort = settings.grpcPort();
        // Beside the start of Jetty, which takes as long.
        CompletableFuture<GrpcPort> grpc = grpcPort == null
                ? null
                : CompletableFuture.supplyAsync(
                        () -> GrpcPort.start(settings.host(), grpcPort, server.guard, server.service, server.tracing));
        try {
            server.javalin.start();
            server.port = server.javalin.port();
            if (grpc != null) {
                server.grpc = grpc.join();
            }
        } catch (JavalinBindException e) {
            server.close(grpc);
            throw cannotBind(settings, e);
        } catch (CompletionException e) {
            server.close();
            throw e.getCause() instanceof InvalidValueException refused ? refused : e;
        }
        server.rows.start();
        server.drift.start();
        return server;
    }

    /** Also of a port that is still on its way. */
    private void close(@Nullable CompletableFuture<GrpcPort> starting) {
        if (starting != null) {
            grpc = starting.exceptionally(refused -> null).join();
        }
        close();
    }

    /** Goes on from what was counted for drift in that folder, and keeps it there. */
    public void keepDrift(Path folder) {
        drift.keepIn(folder);
    }

    /**
     * Keeps feedback from now on: in a database where the environment names one, else in that folder.
     *
     * @throws InvalidValueException when the environment says something of it that is none
     */
    public void keepFeedback(Path folder, Map<String, String> environment) {
        feedback.keepIn(folder, environment);
    }

    private Set<ModelName> served() {
        return follower.standings().keySet();
    }

    private boolean answersWithLabels(ModelName model) {
        Standing standing = follower.standings().get(model);
        return standing != null
                && standing.answering()
                        .filter(answering -> answering.signature().task().isOfLabels())
                        .isPresent();
    }

    /** What the champion was asked in the last day, against its profile; empty where none answers, or none is counted. */
    public Optional<LiveDrift.Measured> driftOfDay(ModelName model) {
        Standing standing = follower.standings().get(model);
        return standing == null
                ? Optional.empty()
                : standing.answering().flatMap(answering -> drift.day(answering.pin(), LiveRole.CHAMPION.toString()));
    }

    /** Tells Argo CD of every move of main from now on, beside all that it answers. */
    public void tell(WebhookTarget target) {
        MainWatch started = new MainWatch(supply.registry().get(), target, metrics::delivered);
        watch = started;
        started.start();
    }

    /**
     * Gives other pods of the model the bytes that answer here.
     *
     * @param siblings 0 for any free port
     */
    public int share(String host, int siblings) {
        SiblingPort started = SiblingPort.start(host, siblings, supply.bytes(), this::loaded);
        shared = started;
        return started.port();
    }

    private List<LfsPointer> loaded() {
        return follower.standings().values().stream()
                .flatMap(standing -> standing.answering().stream())
                .map(model -> new LfsPointer(model.pin().digest(), model.pin().size()))
                .toList();
    }

    private Optional<MainWatch.State> told() {
        return Optional.ofNullable(watch).map(MainWatch::state);
    }

    /** Says to people how often this very process trains. */
    public void trainedEvery(Duration time) {
        training = time;
    }

    /** Counts a training run of this very process; see {@link ServerMetrics#trained}. */
    public void trained(ModelName model, String outcome, boolean failed) {
        metrics.trained(model, outcome, failed, Instant.now());
    }

    private Optional<Duration> training() {
        return Optional.ofNullable(training);
    }

    private static Pins pins(ServerSettings settings, Supply supply) {
        return settings.pinFile() == null
                ? Pins.ofHead(supply.registry(), settings.environment())
                : Pins.ofFile(settings.pinFile(), supply, settings.environment());
    }

    private static IllegalStateException cannotBind(ServerSettings settings, JavalinBindException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String reason = Reason.of(cause);
        return new IllegalStateException(
                reason.contains("in use")
                        ? "port %s: in use (expected: a free port); stop the other program or choose one with --port"
                                .formatted(settings.port())
                        : "host %s, port %s: %s (expected: an address of this machine and a port that this user may take)"
                                .formatted(settings.host(), settings.port(), reason),
                e);
    }

    private void configure(JavalinConfig config, ServerSettings settings, Map<String, HttpServlet> servlets) {
        JsonMapper json = json();
        int largestBody = guard.limits().get(Limit.BODY);
        ErrorAnswers problems = new ErrorAnswers(json, largestBody, List.of(new OipErrors(), new MlflowErrors()));
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.maxRequestSize = (long) largestBody;
        config.http.prefer405over404 = true;
        config.router.javaLangErrorHandler(problems::ofErrors);
        config.jsonMapper(new JavalinJackson(json, false));
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(STOP_TIMEOUT.toMillis());
            server.setErrorHandler(problems.ofJetty());
            front.standBefore(server);
        });
        config.jetty.addConnector((server, http) -> front.connector(server, http, settings.host(), settings.port()));
        config.jetty.modifyServletContextHandler(context -> {
            context.setSessionHandler(new NoSessions());
            for (Filter filter : List.of(new RequestTimer(metrics), new RequestIds(tracing), problems.ofServlets())) {
                FilterHolder holder = new FilterHolder(filter);
                holder.setAsyncSupported(true);
                context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
            }
            servlets.forEach((path, servlet) -> {
                ServletHolder holder = new ServletHolder(servlet);
                holder.setAsyncSupported(true);
                context.addServlet(holder, path);
            });
        });
        config.routes.before(PredictionServer::protect);
        config.routes.after(ctx -> ctx.req().setAttribute(RequestTimer.ROUTE, route(ctx)));
        problems.register(config.routes);
        new CallerCheck(guard.callers()).register(config.routes);
        Page.register(config.routes);
        String instance = settings.instance();
        LiveApi liveApi = new LiveApi(follower, live, feedback, instance);
        liveApi.register(config.routes);
        SyncApi sync = new SyncApi(follower, instance, Clock.systemUTC());
        sync.register(config.routes);
        new PredictionApi(service).register(config.routes);
        new FeedbackApi(service, feedback).register(config.routes);
        new InferenceApi(service).register(config.routes);
        new ScoringApi(service).register(config.routes);
        new DescriptionApi(service, largestBody).register(config.routes);
        new ModelsApi(follower, sync, liveApi, servlets.containsKey(GIT) ? CLONE : null, this::told, this::training)
                .register(config.routes);
        new DriftApi(drift, name -> service.named(name).pin().model()).register(config.routes);
        new HealthApi(follower, rows, metrics).register(config.routes);
    }

    private Observer observers() {
        return new Observer() {
            @Override
            public void observe(Exchange exchange) {
                PredictionServer.this.observe(exchange);
                feedback.observe(exchange);
            }

            @Override
            public void behind(Answered answered) {
                feedback.behind(answered);
            }
        };
    }

    private void observe(Exchange exchange) {
        Pin pin = exchange.model().pin();
        metrics.asked(pin, exchange.role().toString(), exchange.outcome().label(), exchange.took());
        drift.observe(exchange);
        Answered answered = exchange.answered();
        if (answered != null) {
            follower.arrivals().answered(answered.model());
            answered.answers()
                    .forEach(answer -> metrics.predicted(
                            pin,
                            // One word for all values, so that a counter of them has few series.
                            answer instanceof Answer.Classified classified ? classified.label() : "value"));
        }
    }

    private static JsonMapper json() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build();
    }

    private static void protect(Context ctx) {
        HttpFields.Mutable headers =
                ServletContextResponse.getServletContextResponse(ctx.res()).getHeaders();
        for (HttpField field : PROTECTION) {
            headers.put(field);
        }
    }

    private static String route(Context ctx) {
        Endpoint endpoint = ctx.endpoints().matchedHttpEndpoint();
        return endpoint == null ? "unmatched" : endpoint.path;
    }

    public int port() {
        return port;
    }

    /** The port of gRPC; absent where none was asked for. */
    public Optional<Integer> grpcPort() {
        // Not by a method's name: that would load it where there is none.
        GrpcPort calls = grpc;
        return calls == null ? Optional.empty() : Optional.of(calls.port());
    }

    /**
     * Is no longer ready, and answers until nobody is connected any more, or for that time: a client that keeps its connection learns by an
     * answer that it ends.
     */
    public void letGo(Duration most) {
        follower.stopSoon();
        front.letGo(most);
    }

    /** Lets requests in flight finish, then stops. */
    @Override
    public void close() {
        GrpcPort calls = grpc;
        if (calls != null) {
            calls.close();
        }
        javalin.stop();
        MainWatch watching = watch;
        if (watching != null) {
            watching.close();
        }
        SiblingPort sharing = shared;
        if (sharing != null) {
            sharing.close();
        }
        service.close();
        follower.close();
        rows.close();
        drift.close();
        feedback.close();
        stories.close();
        metrics.close();
        tracing.close();
    }
}
