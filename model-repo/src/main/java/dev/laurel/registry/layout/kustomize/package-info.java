/**
 * The kustomize files of a models repository, which bring its pins to a cluster. They are the project's own {@code manifests/}, filled in for a
 * repository. What stands in {@code base/} stays Laurel's; what stands in {@code environments/} is its owner's from then on.
 */
@NullMarked
package dev.laurel.registry.layout.kustomize;

import org.jspecify.annotations.NullMarked;
