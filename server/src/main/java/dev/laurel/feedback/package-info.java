/** What turned out to be true of what was answered: told by clients, joined to the answers, and how champions and challengers did by it. */
@NullMarked
package dev.laurel.feedback;

import org.jspecify.annotations.NullMarked;
