/** Our own protocol: predictions, what is loaded, health and readiness. */
@NullMarked
package dev.laurel.api;

import org.jspecify.annotations.NullMarked;
