/** What the server tells about itself: metrics. */
@NullMarked
package dev.laurel.monitor;

import org.jspecify.annotations.NullMarked;
