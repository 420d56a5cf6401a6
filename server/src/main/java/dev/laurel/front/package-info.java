/**
 * What stands before every handler and servlet of the server: names, origins, bodies, time-outs, connections. A request that comes
 * through has a name that the server was given, no foreign origin if it changes something, and its body in memory or, for Git, begun; until then
 * it holds no thread. Whoever is refused here is told so as problem details, whatever the path.
 */
@NullMarked
package dev.laurel.front;

import org.jspecify.annotations.NullMarked;
