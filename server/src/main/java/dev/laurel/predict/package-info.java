/** The HTTP interface: predictions, what is loaded, health and readiness; every error as problem details of RFC 9457. */
@NullMarked
package dev.laurel.predict;

import org.jspecify.annotations.NullMarked;
