/** A PostgreSQL database: how it is reached, what it is asked, and what its errors are in words. The driver ends here. */
@NullMarked
package dev.laurel.database;

import org.jspecify.annotations.NullMarked;
