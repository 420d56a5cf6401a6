/** The kustomize files of a models repository, which bring its pins to a cluster. */
@NullMarked
package dev.laurel.registry.kustomize;

import org.jspecify.annotations.NullMarked;
