/**
 * What a repository needs of the machine below it: files that are on disk before a reference names them, one writer at a time, no lock
 * left behind, and no setting of the machine's own. The names of references are here too, since they are names of files. It knows
 * nothing of what is kept.
 */
@NullMarked
package dev.laurel.git.disk;

import org.jspecify.annotations.NullMarked;
