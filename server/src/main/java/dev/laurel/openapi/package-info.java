/** What the server answers to, described in OpenAPI 3.1 from the models that are loaded, and the pages that show it. */
@NullMarked
package dev.laurel.openapi;

import org.jspecify.annotations.NullMarked;
