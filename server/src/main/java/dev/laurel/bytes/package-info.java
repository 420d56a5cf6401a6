/**
 * Where the bytes of a model file may come from: the cache, the other pods of the model, a mirror, the Git host. All are untrusted, the
 * digest decides. What one of them gives is streamed into the cache, and is there whole and verified or not at all.
 */
@NullMarked
package dev.laurel.bytes;

import org.jspecify.annotations.NullMarked;
