/**
 * The bytes of model files and rows, by digest, as Git LFS keeps them: the store on disk, the client of a host's LFS server, and the
 * sweep of what nothing needs. Bytes appear whole and verified, or not at all. A cache of bytes from elsewhere is a store too.
 */
@NullMarked
package dev.laurel.git.lfs;

import org.jspecify.annotations.NullMarked;
