/** The models repository as a whole: laid down, kept up to date, tidied. Commands: init, upgrade, gc. */
@NullMarked
package dev.laurel.cli.repository;

import org.jspecify.annotations.NullMarked;
