/**
 * What a models repository says, at a commit and over time. These are values and interfaces that any caller may keep. Where they are read
 * from, {@code history} knows.
 */
@NullMarked
package dev.laurel.registry.view;

import org.jspecify.annotations.NullMarked;
