/** The inference server, put together. */
@NullMarked
package dev.laurel.server;

import org.jspecify.annotations.NullMarked;
