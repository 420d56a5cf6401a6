package dev.laurel.forge;

/**
 * A pull request into main from a branch of the same repository; a merge request on GitLab.
 *
 * @param number as people write it: {@code #12}, on GitLab {@code !12}
 * @param url its page
 * @param body Markdown; empty where there is none
 */
public record PullRequest(long number, String url, String branch, State state, String title, String body) {
    /** Whether a decision was made. */
    public enum State {
        OPEN,
        MERGED,
        /** Not merged: somebody said no, or another one took its place. */
        CLOSED
    }
}
