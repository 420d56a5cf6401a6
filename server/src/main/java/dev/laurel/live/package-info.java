/** What the server is asked, counted in windows of time, and compared with the profiles of what answers. */
@NullMarked
package dev.laurel.live;

import org.jspecify.annotations.NullMarked;
