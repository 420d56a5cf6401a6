/** The search for the best experiment. It sees training and validation rows only. */
@NullMarked
package dev.laurel.search;

import org.jspecify.annotations.NullMarked;
