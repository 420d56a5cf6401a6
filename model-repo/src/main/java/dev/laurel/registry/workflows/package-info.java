/** What a Git host reads in a models repository: workflows, and who owns what. */
@NullMarked
package dev.laurel.registry.workflows;

import org.jspecify.annotations.NullMarked;
