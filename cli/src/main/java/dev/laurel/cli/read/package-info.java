/** What stands and what stood, and how two versions differ. Commands: status, models, versions, show, log, diff, at. */
@NullMarked
package dev.laurel.cli.read;

import org.jspecify.annotations.NullMarked;
