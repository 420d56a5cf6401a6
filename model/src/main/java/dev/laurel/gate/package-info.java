/** What a gate may ask beside its gain: rules that look at a contest and say why a challenger is not let in. Pure; nothing is measured here. */
@NullMarked
package dev.laurel.gate;

import org.jspecify.annotations.NullMarked;
