/**
 * What a Git host reads in a models repository: workflows, and who owns what. The workflows stay Laurel's and are replaced by an upgrade. Who
 * looks at which change, and by which release they run, is the owner's.
 */
@NullMarked
package dev.laurel.registry.layout.workflows;

import org.jspecify.annotations.NullMarked;
