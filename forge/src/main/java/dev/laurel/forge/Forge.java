package dev.laurel.forge;

import java.util.List;
import java.util.Optional;

/**
 * The pull requests of one repository on a Git host. Each method throws {@link ForgeException} when the host does not do what it is
 * asked for. Requests from forks are not seen: whoever may not push cannot speak for Laurel.
 */
public sealed interface Forge permits GitHub, GitLab, Gitea {
    /** The open requests into main. */
    List<PullRequest> open();

    /** The newest request from this branch that is merged or closed. */
    Optional<PullRequest> decided(String branch);

    PullRequest open(String branch, String title, String body);

    PullRequest update(PullRequest request, String title, String body);

    /** @param comment why, for those who look at the request */
    void close(PullRequest request, String comment);
}
