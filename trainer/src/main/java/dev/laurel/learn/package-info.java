/** Learners: each fits models of one algorithm on training rows, and writes them down in the form in which they are served. */
@NullMarked
package dev.laurel.learn;

import org.jspecify.annotations.NullMarked;
