/** The page for people: one plain page, from the class path, with no script or style from elsewhere. */
@NullMarked
package dev.laurel.web;

import org.jspecify.annotations.NullMarked;
