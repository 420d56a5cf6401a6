package dev.laurel.registry.git;

import org.eclipse.jgit.transport.SshSessionFactory;
import org.jspecify.annotations.Nullable;

/** TODO. */
final class SshSessions {
    SshSessionFactory factory() {
        throw new UnsupportedOperationException();
    }

    @Nullable
    String problem() {
        return null;
    }
}
