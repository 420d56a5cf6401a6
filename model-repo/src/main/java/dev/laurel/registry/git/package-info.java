/** Git itself: hermetic bare repositories, commits without a work tree, LFS objects and the servlets that serve both. JGit ends here. */
@NullMarked
package dev.laurel.registry.git;

import org.jspecify.annotations.NullMarked;
