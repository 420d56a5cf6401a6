/** The Open Inference Protocol, version 2, over gRPC. Nothing of it is loaded unless a port for it is set. */
@NullMarked
package dev.laurel.oip.grpc;

import org.jspecify.annotations.NullMarked;
