package dev.laurel.cli.wait;

import dev.laurel.cli.wait.Waited.Replica;
import dev.laurel.program.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits until every replica behind some addresses answers with what is wanted. Nobody can count replicas through a balancer, so connections
 * are: of n replicas that get an equal share of them, one is missed by {@code 7 n} connections in a row with a probability of
 * {@code (1 - 1/n)^(7 n) < e^-7}, less than one in a thousand. A name with several addresses has each of them asked.
 */
public final class Waiting {
    private static final int LEAST_CONNECTIONS = 10;
    private static final int CONNECTIONS_OF_REPLICA = 7;
    private static final long PAUSE_MILLIS = 200;

    private final List<URI> addresses;
    private final Duration most;
    private final int least;
    private final Clock clock = Clock.systemUTC();

    private final Map<String, Replica> answering = new LinkedHashMap<>();
    private int inARow;
    private @Nullable Told behind;
    private @Nullable String unheard;

    /** @param least how many replicas there have to be */
    Waiting(List<URI> addresses, Duration most, int least) {
        this.addresses = List.copyOf(addresses);
        this.most = most;
        this.least = least;
    }

    /** Once only. */
    public Waited until(Wanted wanted) {
        Question question = new Question(wanted.model(), clock);
        Instant end = wanted.committed().plus(most);
        while (true) {
            boolean calm = true;
            for (URI address : addresses) {
                calm &= ask(address, question, wanted);
            }
            if (calm && isDone()) {
                return new Waited(true, seconds(wanted), hops(), replicas(), inARow, null, null);
            }
            if (!clock.instant().isBefore(end)) {
                return stuck(wanted);
            }
            if (!calm || isEachHeard()) {
                pause();
            }
        }
    }

    /** @return whether every server there answers with what is wanted */
    private boolean ask(URI address, Question question, Wanted wanted) {
        boolean calm = true;
        try {
            for (URI server : Question.servers(address)) {
                calm &= hear(told(question, server, address), wanted);
            }
        } catch (IOException e) {
            unheard = "%s: %s".formatted(address, Reason.of(e));
            behind = null;
            inARow = 0;
            return false;
        }
        return calm;
    }

    /** What is asked for by its address may insist on its name, as an ingress does. */
    private static Told told(Question question, URI server, URI address) throws IOException {
        try {
            return question.ask(server);
        } catch (IOException e) {
            if (server.equals(address)) {
                throw e;
            }
            return question.ask(address);
        }
    }

    private boolean hear(Told told, Wanted wanted) {
        String environment = told.view().path("environment").asText();
        if (!environment.equals(wanted.environment().value())) {
            unheard = "%s answers for %s (expected: for %s)".formatted(told.who(), environment, wanted.environment());
            behind = null;
            inARow = 0;
            return false;
        }
        if (!told.answers(wanted)) {
            behind = told;
            unheard = null;
            inARow = 0;
            answering.remove(told.instance());
            return false;
        }
        if (!answering.containsKey(told.instance())) {
            answering.put(
                    told.instance(),
                    new Replica(told.instance(), told.server().toString(), Hop.of(wanted, told, told.at())));
            inARow = 0;
        }
        if (behind != null && behind.instance().equals(told.instance())) {
            behind = null;
        }
        inARow++;
        return true;
    }

    private boolean isDone() {
        return isEachHeard() && answering.size() >= least;
    }

    /** Whether connections enough found nothing new. */
    private boolean isEachHeard() {
        return inARow >= Math.max(LEAST_CONNECTIONS, CONNECTIONS_OF_REPLICA * answering.size());
    }

    private List<Replica> replicas() {
        return List.copyOf(answering.values());
    }

    /** Those of the one that took longest. */
    private List<Hop> hops() {
        return answering.values().stream()
                .map(Replica::hops)
                .max(Comparator.comparingDouble(
                        hops -> hops.stream().mapToDouble(Hop::seconds).sum()))
                .orElse(List.of());
    }

    private double seconds(Wanted wanted) {
        return Duration.between(wanted.begun(), clock.instant()).toMillis() / 1e3;
    }

    private Waited stuck(Wanted wanted) {
        String hop = Hop.ANSWERED;
        String reason;
        Told last = behind;
        if (isEachHeard()) {
            reason = "replicas that answer with %s: %s (expected: %s, by --replicas)"
                    .formatted(wanted.shown(), answering.size(), least);
        } else if (last == null) {
            reason = unheard != null ? unheard : "the time was over before connections enough were made";
        } else if (last.hasRead(wanted)) {
            hop = Hop.LOADED;
            reason = "%s answers with %s: %s"
                    .formatted(last.who(), last.version(), last.problem().orElse("it loads it still"));
        } else if (last.isBroughtItsPin()) {
            hop = Hop.SYNCED;
            reason = notSynced(last, wanted);
        } else {
            hop = Hop.READ;
            reason = "%s answers with %s and has not read the pin of %s%s"
                    .formatted(
                            last.who(),
                            last.version(),
                            wanted.shown(),
                            last.problem().map(text -> ": " + text).orElse(""));
        }
        return new Waited(false, seconds(wanted), hops(), replicas(), inARow, hop, reason);
    }

    /** What only the cluster knows. A pod that does not become ready cannot be heard at an address of those that are. */
    private static String notSynced(Told last, Wanted wanted) {
        return ("%s answers with %s; no pod of %s is ready, and which of Argo CD, the verifier and the pod is the reason say: "
                        + "kubectl get application %s-%s -n argocd -o jsonpath={.status.operationState.message}; "
                        + "kubectl get pods -n laurel-%s -l laurel.dev/model=%s")
                .formatted(
                        last.who(),
                        last.version(),
                        wanted.shown(),
                        wanted.environment(),
                        wanted.model(),
                        wanted.environment(),
                        wanted.model());
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
