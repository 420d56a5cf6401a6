/** What a JVM starts from quickly: caches of classes, for the launcher and for images. It runs commands; no command knows of it. */
@NullMarked
package dev.laurel.launch;

import org.jspecify.annotations.NullMarked;
