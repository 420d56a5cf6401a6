/**
 * Promotions that people are asked about: the registry puts the move on a branch, a Git host has the request for it. What stands open is
 * looked after by each run: decided, overtaken, judged again.
 */
@NullMarked
package dev.laurel.propose;

import org.jspecify.annotations.NullMarked;
