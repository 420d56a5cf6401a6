/**
 * Who may change what: {@code laurel.yaml}, the signers that it names, and the role that each path takes. A commit is judged by the signers that
 * stand at its first parent, so that none grants itself anything. Where nobody is named nobody has to sign.
 */
@NullMarked
package dev.laurel.registry.sign;

import org.jspecify.annotations.NullMarked;
