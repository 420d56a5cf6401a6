/** What all protocols share: bodies as JSON, and errors, as problem details of RFC 9457 or in the form of the protocol that was spoken. */
@NullMarked
package dev.laurel.http;

import org.jspecify.annotations.NullMarked;
