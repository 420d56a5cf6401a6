/** The Git hosts that have pull requests (GitHub, GitLab, Gitea and Forgejo), and what is asked of them. */
@NullMarked
package dev.laurel.forge;

import org.jspecify.annotations.NullMarked;
