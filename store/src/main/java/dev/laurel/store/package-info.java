/** The tables that Laurel keeps in PostgreSQL. None of them is what says which version serves: that is the models repository. */
@NullMarked
package dev.laurel.store;

import org.jspecify.annotations.NullMarked;
