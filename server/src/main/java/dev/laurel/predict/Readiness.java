package dev.laurel.predict;

import dev.laurel.follow.Follower;
import dev.laurel.follow.Standing;
import dev.laurel.follow.Standing.Failing;
import dev.laurel.follow.Standing.Unpinned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server runs what is pinned: it is ready when every pinned model is loaded. So a bad pin takes a new server out before it
 * gets a request, while its champion, if it had one, goes on answering those who still ask.
 *
 * <p>An environment in which nothing was ever pinned is not ready: there is nothing to answer with yet. One from which models were
 * withdrawn is: that is what somebody wanted, and the 404 that says so has to be reachable.
 */
public record Readiness(List<Missing> missing) {

    /**
     * One thing that stands between the server and readiness.
     *
     * @param model absent when it concerns all of them
     * @param answering the version that goes on answering meanwhile
     */
    public record Missing(
            @Nullable String model,
            @Nullable String pinned,
            @Nullable String answering,
            String reason) {
        public String text() {
            return (model == null ? "" : model + " " + pinned + ": ") + reason;
        }
    }

    public boolean ready() {
        return missing.isEmpty();
    }

    /** @throws UnansweredException with all that is missing */
    public void expect() {
        if (!ready()) {
            throw new UnansweredException(
                    UnansweredException.Reason.UNAVAILABLE,
                    missing.stream().map(Missing::text).collect(Collectors.joining("; ")),
                    Map.of("missing", missing));
        }
    }

    public static Readiness of(Follower follower) {
        List<Missing> missing = new ArrayList<>();
        if (follower.isStopping()) {
            missing.add(general("the server is about to stop"));
        }
        follower.problem().ifPresent(problem -> missing.add(general("the pins cannot be read: " + problem)));
        if (missing.isEmpty() && !follower.hasFollowed()) {
            missing.add(general("the pins are being read for the first time"));
        }
        follower.standings().forEach((model, standing) -> {
            if (standing instanceof Failing failing) {
                String answering = failing.answering()
                        .map(previous -> previous.pin().version().toString())
                        .orElse(null);
                missing.add(new Missing(model.value(), failing.pinned(), answering, failing.reason()));
            }
        });
        if (missing.isEmpty() && follower.standings().values().stream().allMatch(Readiness::isUnpinned)) {
            follower.standings()
                    .keySet()
                    .forEach(model -> follower.loading(model)
                            .ifPresent(version -> missing.add(
                                    new Missing(model.value(), version.toString(), null, "is being loaded"))));
            if (missing.isEmpty()) {
                missing.add(general("no model is pinned in %s yet".formatted(follower.environment())));
            }
        }
        return new Readiness(List.copyOf(missing));
    }

    private static boolean isUnpinned(Standing standing) {
        return standing instanceof Unpinned;
    }

    private static Missing general(String reason) {
        return new Missing(null, null, null, reason);
    }
}
