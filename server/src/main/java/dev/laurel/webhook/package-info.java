/** Tells Argo CD that main moved. */
@NullMarked
package dev.laurel.webhook;

import org.jspecify.annotations.NullMarked;
