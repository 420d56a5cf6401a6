/** From a pin to a model that answers: follows the pins of one environment, loads what they name, and keeps what can be trusted. */
@NullMarked
package dev.laurel.follow;

import org.jspecify.annotations.NullMarked;
