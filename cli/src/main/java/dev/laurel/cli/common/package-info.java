/** What several commands ask for: options and arguments, who makes a commit, the codes they end with. */
@NullMarked
package dev.laurel.cli.common;

import org.jspecify.annotations.NullMarked;
