package dev.laurel.oip.grpc;

import dev.laurel.http.ErrorAnswers;
import dev.laurel.predict.UnansweredException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** Errors as gRPC's codes, with the words that every protocol has. */
final class GrpcErrors {
    private GrpcErrors() {}

    static StatusRuntimeException of(Throwable failure) {
        if (failure instanceof UnansweredException unanswered) {
            Status status = switch (unanswered.reason()) {
                case INVALID -> Status.INVALID_ARGUMENT;
                case NOT_FOUND -> Status.NOT_FOUND;
                case OTHER_VERSION -> Status.FAILED_PRECONDITION;
                case UNAVAILABLE -> Status.UNAVAILABLE;
            };
            return status.withDescription(unanswered.getMessage()).asRuntimeException();
        }
        String detail = ErrorAnswers.logged("gRPC", "call", failure).detail();
        return Status.INTERNAL.withDescription(detail).asRuntimeException();
    }
}
