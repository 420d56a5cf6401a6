/** The Open Inference Protocol, version 2, over REST, with the binary tensors of Triton's clients. */
@NullMarked
package dev.laurel.oip;

import org.jspecify.annotations.NullMarked;
