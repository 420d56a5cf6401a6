/**
 * A repository on a Git host: objects are fetched when they are read, or before when it is known that they will be, and branches are
 * pushed from the commit that is expected there. Whatever is kept on this disk can be fetched again. A push whose answer was lost is
 * looked for before it is sent again.
 */
@NullMarked
package dev.laurel.git.mirror;

import org.jspecify.annotations.NullMarked;
