package dev.laurel.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.laurel.registry.view.FileChanges;
import dev.laurel.registry.view.Origin;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That main moved, in the words of GitHub's push event as far as Argo CD reads them, and a few more for people. There is no form of Argo
 * CD's own.
 *
 * @param before the commit that Argo CD was told of before, or {@link #NONE}. Where none of its files changed, an Application takes what
 *     was rendered of that commit for what this one renders to
 * @param commits the newest one, with all that differs from {@code before}, whatever the commits between them did; empty where that
 *     cannot be told, upon which Argo CD looks at every Application of the repository
 */
record PushEvent(String ref, String before, String after, List<Commit> commits, Repository repository) {
    private static final String MAIN = "main";
    /** What Git says for no commit. */
    private static final String NONE = "0".repeat(40);

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    record Commit(
            String id,
            String message,
            String timestamp,
            List<String> added,
            List<String> removed,
            List<String> modified) {}

    /** @param htmlUrl without {@code .git}, as hosts have it: that is what Argo CD compares */
    record Repository(String htmlUrl, String cloneUrl, String defaultBranch) {
        static Repository at(URI address) {
            String clone = address.toString().replaceAll("/+$", "");
            return new Repository(clone.replaceFirst("\\.git$", ""), clone, MAIN);
        }
    }

    static PushEvent of(URI repository, @Nullable String before, Origin newest, Optional<FileChanges> changes) {
        return new PushEvent(
                "refs/heads/" + MAIN,
                before == null ? NONE : before,
                newest.commit(),
                changes
                        .map(files -> new Commit(
                                newest.commit(),
                                newest.subject(),
                                newest.time().toString(),
                                files.added(),
                                files.removed(),
                                files.modified()))
                        .stream()
                        .toList(),
                Repository.at(repository));
    }

    byte[] json() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }
}
