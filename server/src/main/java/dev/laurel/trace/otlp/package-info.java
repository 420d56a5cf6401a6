/** OpenTelemetry ends here. Nothing of it is loaded unless somebody says where spans are to be sent. */
@NullMarked
package dev.laurel.trace.otlp;

import org.jspecify.annotations.NullMarked;
