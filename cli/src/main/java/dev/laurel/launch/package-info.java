/**
 * What a JVM starts from quickly: caches of classes, for the launcher and for images. It runs commands; no command knows of it.
 *
 * <p>Here is what flags of a JVM cannot give: jars whose classes it will keep ({@code CacheableJar}; with it a short command takes half the
 * time, without it JDK 17 makes no cache at all), a rehearsal of what a cache is to know, and a cache that is tried before it is used. What
 * each part is worth stands in {@code docs/decisions.md}.
 */
@NullMarked
package dev.laurel.launch;

import org.jspecify.annotations.NullMarked;
