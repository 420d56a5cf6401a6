/**
 * A bare repository as servlets, for Git and Git LFS clients. A push moves {@code main} only forward, whole, and past the check that
 * the caller gives. Who may read and who may push is said by an access.
 */
@NullMarked
package dev.laurel.git.serve;

import org.jspecify.annotations.NullMarked;
