/**
 * Predictions without a protocol: which version answers, whether what it is given is what it needs, the answers, and who is told of them.
 * Each protocol is a package of its own that reads and writes, and asks here.
 */
@NullMarked
package dev.laurel.predict;

import org.jspecify.annotations.NullMarked;
