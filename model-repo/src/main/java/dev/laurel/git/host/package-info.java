/**
 * How a Git host is reached: its address, our login, proxies, HTTP and SSH. What fails in passing is told from what does not, with
 * how long to wait before the next try. It knows nothing of what is asked for.
 */
@NullMarked
package dev.laurel.git.host;

import org.jspecify.annotations.NullMarked;
