/** Which rows teach, which choose and which judge: each way to divide them is a record of its own. */
@NullMarked
package dev.laurel.split;

import org.jspecify.annotations.NullMarked;
