/**
 * A bare repository: commits read and written without a work tree, {@code main} moved under a lock, branches beside it, the history of a
 * path. It knows nothing of models or pins; where it is the mirror of a {@link dev.laurel.git.Hosted} repository, what is missing comes
 * from there. JGit ends in these packages: none of its types is seen outside of {@code dev.laurel.git}.
 */
@NullMarked
package dev.laurel.git;

import org.jspecify.annotations.NullMarked;
